"""Sound: files taken in, music, room tone, the mix, its mastering and its measurement."""
