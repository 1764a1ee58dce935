"use strict";
(() => {
  const by = (id) => document.getElementById(id);
  const data = JSON.parse(by("data").textContent);
  const film = by("film"), screen = by("screen"), captions = by("captions");
  const timeline = by("timeline"), list = by("shots"), keys = by("keys");
  const cards = [...document.querySelectorAll(".entry")];
  const still = matchMedia("(prefers-reduced-motion: reduce)");
  const [num, den] = data.fps;
  let shown = -1, cueShown = null, captionsOn = true;

  film.controls = false; // The buttons below do the same, and leave room for the captions.

  const clamp = (value, low, high) => Math.min(Math.max(value, low), high);
  // A hair more than the time: a frame that begins now counts as begun.
  const frameNow = () => clamp(Math.floor(film.currentTime * num / den + 1e-3), 0, data.frames - 1);
  const shotAt = (frame) => {
    let low = 0, high = data.shots.length - 1;
    while (low < high) {
      const middle = (low + high + 1) >> 1;
      if (data.shots[middle] <= frame) low = middle; else high = middle - 1;
    }
    return low;
  };
  const two = (n) => String(n).padStart(2, "0");
  const timecode = (frame) => {
    const base = Math.floor((2 * num + den) / (2 * den));
    const seconds = Math.floor(frame / base);
    return [Math.floor(seconds / 3600), Math.floor(seconds / 60) % 60, seconds % 60, frame % base]
      .map(two).join(":");
  };

  // To the middle of a frame, so that no rounding shows the one before.
  const toFrame = (frame) => {
    film.currentTime = (clamp(frame, 0, data.frames - 1) + 0.5) * den / num;
    show();
  };
  const toShot = (number) => toFrame(data.shots[clamp(number, 0, data.shots.length - 1)]);
  const nextShot = () => toShot(shotAt(frameNow()) + 1);
  const previousShot = () => {
    const frame = frameNow(), here = shotAt(frame);
    // Once into a shot, back is its own beginning, as on any player.
    toShot(frame - data.shots[here] > num / den ? here : here - 1);
  };
  const playOrPause = () => {
    if (film.paused) film.play().catch(() => {}); else film.pause();
  };
  const fullScreen = () => {
    if (document.fullscreenElement) document.exitFullscreen();
    else screen.requestFullscreen().catch(() => {});
  };
  const switchCaptions = () => {
    captionsOn = !captionsOn;
    by("cc").setAttribute("aria-pressed", String(captionsOn));
    show();
  };
  const openKeys = () => { if (!keys.open) keys.showModal(); };

  const showCaption = (frame) => {
    const cue = captionsOn ? data.cues.find((c) => c.from <= frame && frame < c.to) || null : null;
    if (cue === cueShown) return;
    cueShown = cue;
    captions.classList.toggle("top", Boolean(cue && cue.top));
    captions.replaceChildren(...(cue ? cue.rows : []).map((row) => {
      const line = document.createElement("p");
      line.dir = "auto";
      line.append(...row.map(([text, italic]) => {
        const part = document.createElement(italic ? "em" : "span");
        part.textContent = text;
        return part;
      }));
      return line;
    }));
  };

  const showShot = (number) => {
    if (number === shown) return;
    if (cards[shown]) {
      cards[shown].classList.remove("now-shown");
      cards[shown].removeAttribute("aria-current");
    }
    shown = number;
    const card = cards[number];
    card.classList.add("now-shown");
    card.setAttribute("aria-current", "true");
    by("place").textContent = `shot ${number + 1} of ${data.shots.length}`;
    // Only where the list scrolls by itself: on a narrow page the film would run away.
    if (by("follow").checked && list.scrollHeight > list.clientHeight + 1) {
      const top = card.offsetTop - list.offsetTop - list.clientHeight / 4;
      list.scrollTo({ top, behavior: still.matches ? "instant" : "smooth" });
    }
  };

  const show = () => {
    const frame = frameNow(), number = shotAt(frame);
    by("clock").textContent = timecode(frame);
    by("playhead").style.left = `${100 * (frame + 0.5) / data.frames}%`;
    timeline.setAttribute("aria-valuenow", String(frame));
    timeline.setAttribute("aria-valuetext", `shot ${number + 1}, ${timecode(frame)}`);
    showCaption(frame);
    showShot(number);
  };
  const whilePlaying = () => {
    show();
    if (!film.paused && !film.ended) requestAnimationFrame(whilePlaying);
  };

  film.addEventListener("play", () => {
    document.body.classList.add("playing");
    by("play").setAttribute("aria-pressed", "true");
    whilePlaying();
  });
  film.addEventListener("pause", () => {
    document.body.classList.remove("playing");
    by("play").setAttribute("aria-pressed", "false");
  });
  for (const moved of ["seeked", "timeupdate", "loadedmetadata"]) film.addEventListener(moved, show);
  film.addEventListener("error", () => { by("lost").hidden = false; });
  film.addEventListener("click", playOrPause);
  if (film.error) by("lost").hidden = false;

  by("play").addEventListener("click", playOrPause);
  by("previous").addEventListener("click", previousShot);
  by("next").addEventListener("click", nextShot);
  by("cc").addEventListener("click", switchCaptions);
  by("wide").addEventListener("click", fullScreen);
  by("help").addEventListener("click", openKeys);
  by("close").addEventListener("click", () => keys.close());
  by("open-only").addEventListener("change", (event) => {
    list.classList.toggle("only-open", event.target.checked);
  });
  for (const button of document.querySelectorAll("[data-shot]")) {
    button.addEventListener("click", () => toShot(Number(button.dataset.shot)));
  }

  const toPointer = (event) => {
    const box = timeline.getBoundingClientRect();
    toFrame(Math.floor((event.clientX - box.left) / box.width * data.frames));
  };
  timeline.addEventListener("pointerdown", (event) => {
    timeline.setPointerCapture(event.pointerId);
    toPointer(event);
  });
  timeline.addEventListener("pointermove", (event) => {
    if (timeline.hasPointerCapture(event.pointerId)) toPointer(event);
  });

  const second = () => Math.round(num / den);
  const actions = {
    " ": playOrPause,
    ArrowLeft: () => toFrame(frameNow() - second()),
    ArrowRight: () => toFrame(frameNow() + second()),
    ",": () => { film.pause(); toFrame(frameNow() - 1); },
    ".": () => { film.pause(); toFrame(frameNow() + 1); },
    j: nextShot,
    k: previousShot,
    Home: () => toFrame(0),
    End: () => toFrame(data.frames - 1),
    c: switchCaptions,
    f: fullScreen,
    m: () => { film.muted = !film.muted; },
    "?": openKeys,
  };
  document.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.altKey || event.metaKey || keys.open) return;
    const action = actions[event.key.length === 1 ? event.key.toLowerCase() : event.key];
    // Space presses the button or box that has the focus.
    if (!action || (event.key === " " && event.target.matches("button, input"))) return;
    event.preventDefault();
    action();
  });
  show();
})();
