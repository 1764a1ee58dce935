"""Whether a provider can make what it is asked for, by the capabilities it declares."""

from __future__ import annotations

from renderers.providers.contract import (
    Capabilities,
    ClipJob,
    Confidence,
    Estimate,
    MediaJob,
    ProviderError,
)


def check_media_job(capabilities: Capabilities, job: MediaJob, prompt_chars: int) -> None:
    """Raise ProviderError `fatal` for a transformation that the provider cannot make.

    A prompt that is too long is refused and never cut: half a scene is another scene.
    """
    who = capabilities.provider_id
    if job.medium not in capabilities.transforms:
        kinds = " and ".join(f"{kind}s" for kind in capabilities.transforms)
        raise ProviderError(
            "fatal", f"{who} does not transform {job.medium}s" + (f", only {kinds}" * bool(kinds))
        )
    if len(job.prompt) > prompt_chars:
        raise ProviderError(
            "fatal",
            f"{who} takes {prompt_chars} characters, scene and style come to {len(job.prompt)}",
        )


def check_job(capabilities: Capabilities, job: ClipJob) -> None:
    """Raise ProviderError `fatal` for a job that the provider cannot make."""
    seconds = job.seconds_needed()
    longest = max(capabilities.durations_s, default=capabilities.max_clip_duration_s)
    who = capabilities.provider_id
    if seconds > longest:
        raise ProviderError(
            "fatal", f"{who} makes clips of {longest} s at most, the shot lasts {seconds} s"
        )
    if job.format.aspect not in capabilities.aspect_ratios:
        raise ProviderError(
            "fatal",
            f"{who} does not make {job.format.aspect}; it makes "
            f"{', '.join(capabilities.aspect_ratios)}",
        )


def sold_duration_s(capabilities: Capabilities, job: ClipJob, shortest_s: int = 1) -> int:
    """The shortest clip that holds the shot and that the provider sells, in seconds."""
    needed = max(job.seconds_needed(), shortest_s)
    fitting = [seconds for seconds in capabilities.durations_s if seconds >= needed]
    return min(fitting) if fitting else needed


def guessed(
    capabilities: Capabilities,
    job: ClipJob,
    microusd_per_second: int,
    shortest_s: int = 1,
    confidence: Confidence = "low",
) -> Estimate:
    """The price of a clip that is sold by the second, from a price list and not from the provider.

    Raises as `check_job` does.
    """
    check_job(capabilities, job)
    seconds = sold_duration_s(capabilities, job, shortest_s)
    return Estimate(seconds * microusd_per_second, seconds, exact=False, confidence=confidence)
