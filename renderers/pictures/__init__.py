"""Pictures of shots: files taken in, cut-outs, camera movement, grade, lettering, planes."""
