"""Sounds made of numbers, written as house WAVs, for the sound tests."""

from __future__ import annotations

from pathlib import Path

import numpy as np

from orchestrator.seams.executor import SubprocessExecutor
from renderers.seams import Tools
from renderers.sound.wav import read_info, read_samples, write_wav

RATE = 48_000


def write(path: Path, samples: np.ndarray) -> Path:
    channels = 1 if samples.ndim == 1 else samples.shape[1]
    with write_wav(path, channels) as wav:
        wav.write(np.clip(np.round(samples), -32768, 32767).astype(np.int16))
    return path


def read(path: Path) -> np.ndarray:
    info = read_info(path)
    return read_samples(path, 0, info.samples).astype(np.int64)


def tone(seconds: float, frequency: float = 440.0, amplitude: float = 8000.0) -> np.ndarray:
    return amplitude * np.sin(2 * np.pi * frequency * np.arange(int(seconds * RATE)) / RATE)


def babble(seconds: float, amplitude: float = 5000.0, seed: int = 1) -> np.ndarray:
    """Noise with the spectrum and the syllables of speech, roughly."""
    count = int(seconds * RATE)
    noise = np.random.default_rng(seed).standard_normal(count)
    soft = np.convolve(noise, np.ones(12) / 12**0.5, "same")
    syllables = 0.55 + 0.45 * np.sin(2 * np.pi * 3.7 * np.arange(count) / RATE)
    return amplitude * soft * syllables


def stereo(mono: np.ndarray) -> np.ndarray:
    return np.stack([mono, mono], axis=1)


def decibel(samples: np.ndarray) -> float:
    """RMS in dB re full scale."""
    return float(20 * np.log10(np.sqrt(np.mean(np.square(samples.astype(np.float64)))) / 32768))


def real_tools(folder: Path) -> Tools:
    return Tools(SubprocessExecutor(), lambda digest: folder / digest, folder)
