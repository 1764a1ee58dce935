"""Pictures, speech, captions, mix and encoding; ffmpeg only through a given executor."""
