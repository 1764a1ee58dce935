"""The options of the render profile, in sections: name, value and reason of each.

Names in braces stand for what depends on the frame rate. Any change raises PROFILE_VERSION.
"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Option:
    """An option, its value (empty for a switch), and why it is there."""

    name: str
    value: str
    reason: str


EVERY_CALL = (
    Option("-hide_banner", "", "what is printed is the reason of a failure and nothing else"),
    Option("-nostats", "", "as above"),
    Option("-loglevel", "error", "as above"),
    Option("-nostdin", "", "a terminal must never be able to steer a render"),
    Option("-y", "", "nobody is there to answer; every call writes into a folder of its own"),
    Option("-protocol_whitelist", "file,pipe", "no input may open anything else"),
)

PLAIN_C = (
    Option(
        *("-cpuflags", "0"),
        "plain C code only: float audio code and some filters round otherwise at each SIMD level",
    ),
)

READ = (
    Option(
        *("-protocol_whitelist", "file"),
        "before each film or sound that is read back: it may open nothing else",
    ),
    Option(
        *("-format_whitelist", "mov,mp4,m4a,wav"),
        "by content, whatever its name: a playlist in its place would be opened as one, and the "
        "files that it names as well",
    ),
)

PICTURES = (
    Option("-c:v", "libx264", "H.264 plays everywhere, and its decoding is exact by the standard"),
    Option(
        "-preset",
        "veryfast",
        "made to be looked at soon: some 120 frames of 720p a second on one core",
    ),
    Option("-crf", "20", "constant quality; with a rate limit the bytes depend on the threads"),
    Option("-threads", "1", "each number of threads makes other pictures; shots run side by side"),
    Option("-pix_fmt", "yuv420p", "what every player takes, and exactly what is fed in"),
    Option("-fps_mode", "cfr", "every frame lasts the same"),
    Option("-colorspace", "bt709", "ITU-R BT.709, what players assume for HD"),
    Option("-color_primaries", "bt709", "as above"),
    Option("-color_trc", "bt709", "as above"),
    Option("-color_range", "tv", "limited range, as fed in"),
)

X264 = (
    Option("cpu-independent", "1", "the same decisions at every SIMD level"),
    Option("threads", "1", "as -threads, for the encoder's own count"),
    Option("lookahead-threads", "1", "its lookahead would start one per core"),
    Option("sliced-threads", "0", "slices would cut the picture by the number of threads"),
    Option("open-gop", "0", "closed groups of pictures, so that shots join by stream copy"),
    Option("keyint", "{keyframe_interval}", "a key frame every two seconds, for seeking"),
    Option("min-keyint", "{keyframe_interval}", "and none between"),
    Option("scenecut", "0", "every shot is one scene"),
    Option("stitchable", "1", "headers do not depend on the content; all shots share them"),
)

SCALER = (
    Option("bicubic", "", "sharp enough for a thumbnail without ringing"),
    Option("accurate_rnd", "", "the same rounding in SIMD as in C"),
    Option("bitexact", "", "no code whose result depends on the CPU"),
)

STILLS = (
    Option("-frames:v", "1", "one picture"),
    Option("-update", "1", "into one file, whose name is no pattern"),
    Option("-sws_flags", "{scaler_flags}", "the conversion to RGB that ffmpeg puts in itself"),
    Option("-pix_fmt", "rgb24", "what every viewer of PNG takes"),
    Option("-fflags", "+bitexact", "no encoder version in the file"),
    Option("-threads", "1", "one picture needs no more"),
)

SOUND = (
    Option("-c:a", "aac", "the one AAC encoder in every build of ffmpeg"),
    Option(
        *("-aac_coder", "fast"),
        "against twoloop at this rate 2.5 times cheaper and, for speech over music, 2 to 6 dB "
        "nearer to the original below 8 kHz",
    ),
    Option("-b:a", "192k", "ample for speech over music in stereo"),
    Option("-ar", "48000", "the house rate; nothing is resampled"),
    Option("-ac", "2", "stereo, as mixed"),
    Option("-threads", "1", "nothing is divided by the number of cores"),
)

STEM = (
    Option("-c:a", "flac", "lossless, and every editor reads it"),
    Option("-compression_level", "5", "half the size of WAV for speech; more effort gains little"),
    Option("-threads", "1", "nothing is divided by the number of cores"),
)

STEM_FILE = (Option("-f", "flac", "never guessed from a name"),)

CONTAINER = (
    Option("-fflags", "+bitexact", "no encoder version or creation time in the container"),
    Option("-flags:v", "+bitexact", "nor in the picture stream"),
    Option("-flags:a", "+bitexact", "nor in the sound stream"),
    Option("-map_metadata", "-1", "no names or dates of inputs"),
    Option("-map_chapters", "-1", "no chapters of inputs"),
)

SHOT_FILE = (
    Option("-video_track_timescale", "{timescale}", "each frame is a whole number of ticks"),
    Option("-f", "mp4", "never guessed from a name"),
)

FILM_FILE = (Option("-movflags", "+faststart", "the index first, so that playing begins at once"),)

SOUND_FILE = (Option("-f", "ipod", "MP4 with nothing but sound; never guessed from a name"),)
