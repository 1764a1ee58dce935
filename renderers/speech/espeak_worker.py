"""The espeak-ng engine, alone in its own process; run as a script, one line of text per process.

The engine is GPL-3 and keeps state between lines, so it never shares a process with the rest:
this file imports nothing of ours, is started with `python -I -S`, and talks over pipes only.

In, on stdin: six lines of UTF-8 (library file, data folder, voice file, pitch, words a minute,
`1` where the text may hold phonemes between double brackets), then the text itself up to the end
of input.
Out, on stdout: `rate events samples`, one line `position length sample` for each word the engine
began (characters from 0, samples from 0), then 16-bit little-endian mono PCM.
Exit code 3: the engine refused to start or does not know the voice.
"""

from __future__ import annotations

import ctypes
import os
import signal
import sys

# Numbers of espeak-ng's speak_lib.h (API revision 12).
_SYNCHRONOUS = 2  # AUDIO_OUTPUT_SYNCHRONOUS
_DONT_EXIT = 0x8000  # espeakINITIALIZE_DONT_EXIT
_UTF8 = 1  # espeakCHARS_UTF8; espeakSSML is never set
_PHONEMES = 0x100  # espeakPHONEMES
_POS_CHARACTER = 1
_EVENT_WORD = 1
_PARAM_RATE, _PARAM_PITCH = 1, 3
_BUFFER_MS = 500
_SEED = 1
_PR_SET_PDEATHSIG = 1  # linux/prctl.h
REFUSED = 3


class _Event(ctypes.Structure):
    _fields_ = (
        ("type", ctypes.c_int),
        ("unique_identifier", ctypes.c_uint),
        ("text_position", ctypes.c_int),
        ("length", ctypes.c_int),
        ("audio_position_ms", ctypes.c_int),
        ("sample", ctypes.c_int),
        ("user_data", ctypes.c_void_p),
        ("id", ctypes.c_char * 8),
    )


_Callback = ctypes.CFUNCTYPE(ctypes.c_int, ctypes.c_void_p, ctypes.c_int, ctypes.POINTER(_Event))


def _die_with_parent() -> None:
    if not sys.platform.startswith("linux"):
        return
    parent = os.getppid()
    ctypes.CDLL(None).prctl(_PR_SET_PDEATHSIG, signal.SIGKILL, 0, 0, 0)
    if os.getppid() != parent:  # it died while we were asking
        os._exit(1)


def _start(engine: ctypes.CDLL, data: bytes, voice: bytes) -> int:
    """Sample rate in Hz; 0 if the engine or the voice is not to be had."""
    rate = int(engine.espeak_Initialize(_SYNCHRONOUS, _BUFFER_MS, data, _DONT_EXIT))
    if rate <= 0 or engine.espeak_SetVoiceByName(voice) != 0:
        return 0
    # The engine seeds the noise of breathy voices with the clock; every line starts it anew.
    engine.espeak_ng_SetRandSeed(ctypes.c_long(_SEED))
    return rate


def main() -> int:
    """Speak stdin to stdout; the exit code."""
    _die_with_parent()
    # Whatever the engine prints itself must not land inside the answer.
    answer = os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)
    head = sys.stdin.buffer.read().split(b"\n", 6)
    library, data, voice, pitch, rate_wpm, phonetic, text = head
    engine = ctypes.CDLL(os.fsdecode(library))
    rate = _start(engine, data, voice)
    if not rate:
        return REFUSED
    pcm: list[bytes] = []
    words: list[bytes] = []

    def collect(wave: int | None, count: int, events: ctypes._Pointer[_Event]) -> int:
        if wave and count > 0:
            pcm.append(ctypes.string_at(wave, 2 * count))
        index = 0
        while events[index].type:
            event = events[index]
            if event.type == _EVENT_WORD:
                words.append(b"%d %d %d\n" % (event.text_position - 1, event.length, event.sample))
            index += 1
        return 0

    callback = _Callback(collect)
    engine.espeak_SetSynthCallback(callback)
    engine.espeak_SetParameter(_PARAM_RATE, int(rate_wpm), 0)
    engine.espeak_SetParameter(_PARAM_PITCH, int(pitch), 0)
    flags = _UTF8 | (_PHONEMES if phonetic == b"1" else 0)
    engine.espeak_Synth(text, len(text) + 1, 0, _POS_CHARACTER, 0, flags, None, None)
    engine.espeak_Synchronize()
    sound = b"".join(pcm)
    try:
        answer.write(b"%d %d %d\n" % (rate, len(words), len(sound) // 2))
        answer.write(b"".join(words))
        answer.write(sound)
        answer.flush()
    except OSError as error:
        print(f"the answer could not be handed over: {error.strerror}", file=sys.stderr)
        # Past the interpreter's own end, which would flush again and say so.
        os._exit(REFUSED)
    return 0


if __name__ == "__main__":
    sys.exit(main())
