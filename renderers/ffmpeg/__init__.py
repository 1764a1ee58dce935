"""The pinned ffmpeg binary, the render profile, probing and encoding."""
