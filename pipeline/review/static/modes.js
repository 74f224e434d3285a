// Two ways of choosing words: where a passage is split, and which words make a missed passage. By keys, by buttons, by touch.
"use strict";
review.modes = (() => {
  const { edges, say, tell, put } = review;
  const touched = matchMedia("(hover: none)").matches;
  const clear = (name) => document.querySelectorAll(`.read .${name}`).forEach((word) => word.classList.remove(name));
  const LETTER = /[\p{L}\p{N}]/u;
  const STEPS = { ArrowLeft: -1, ArrowRight: 1, BracketLeft: -1, BracketRight: 1 };

  const begin = (text, mode) => {
    const box = edges.item().querySelector(".mode");
    box.hidden = false;
    box.querySelector("p").textContent = text;
    box.querySelector('[data-do="confirm"]').hidden = !mode.confirm;
    document.body.classList.add("picking");
    review.mode = {
      ...mode,
      close: () => {
        box.hidden = true;
        document.body.classList.remove("picking");
        clear("cut");
        clear("chosen");
        review.mode = null;
        review.current().focus({ preventScroll: true });
      },
    };
    mode.paint();
    edges.item().focus({ preventScroll: true });
    edges.seen();
  };

  const split = () => {
    const words = edges.marked().words;
    const solid = words.map((_, index) => index).filter((index) => index > 0 && !edges.bare(words[index]));
    if (!solid.length) return;
    let at = solid[Math.floor(solid.length / 2)];
    const labels = [];
    const parts = () => {
      const { start, end } = edges.span();
      return [{ start, end: edges.start(words[at]) }, { start: edges.start(words[at]), end }];
    };
    const send = () => {
      const made = parts().map((part, index) => (labels[index] ? { ...part, label: labels[index] } : part));
      review.mode.close();
      review.decide({ ...review.common(), verb: "split", parts: made });
    };
    const step = (by) => {
      at = solid[Math.min(solid.length - 1, Math.max(0, solid.indexOf(at) + by))];
      review.mode.paint();
    };
    begin(say(touched ? "mode_split_touch" : "mode_split"), {
      paint: () => { clear("cut"); words[at].classList.add("cut"); },
      key: (event) => {
        if (event.code === "Enter" && !event.target.matches("button")) return send(), true;
        if (!(event.code in STEPS)) return false;
        return step(STEPS[event.code]), true;
      },
      pick: (word) => {
        const index = words.indexOf(word);
        if (solid.includes(index)) at = index;
        review.mode.paint();
      },
      confirm: send,
      label: (name) => { // the first press labels the first part, the second the second
        labels.push(name);
        if (labels.length === 2) send();
        else {
          edges.item().querySelector(".mode p").textContent = say("split_first");
          edges.seen();
        }
      },
    });
  };

  const add = () => {
    const all = [...edges.item().querySelectorAll(".read span[data-s]")].filter((word) => !word.closest("mark") && !edges.bare(word));
    if (!all.length) return;
    const after = all.findIndex((word) => edges.start(word) >= edges.span().end && LETTER.test(word.textContent));
    let from = after < 0 ? all.length - 1 : after, to = from, picked = 0;
    const isBefore = (index) => edges.start(all[index]) < edges.span().start;
    const same = (index) => all[index]?.closest("p") === all[from].closest("p") && isBefore(index) === isBefore(from);
    const chosen = () => all.slice(from, to + 1);
    begin(say(touched ? "mode_add_touch" : "mode_add"), {
      paint: () => { clear("chosen"); chosen().forEach((word) => word.classList.add("chosen")); all[from].scrollIntoView({ block: "nearest" }); },
      key: (event) => {
        if (!(event.code in STEPS)) return false;
        const by = STEPS[event.code];
        if (event.shiftKey) to = same(to + by) ? Math.max(from, to + by) : to;
        else {
          from = Math.min(all.length - 1, Math.max(0, from + by));
          to = event.shiftKey || (to >= from && same(to)) ? to : from;
        }
        return review.mode.paint(), true;
      },
      pick: (word) => {
        const index = all.indexOf(word);
        if (index < 0) return;
        picked += 1;
        if (picked % 2 === 0 && index >= from && same(index)) to = index;
        else { from = index; to = index; picked = 1; }
        review.mode.paint();
      },
      label: (name) => {
        if (name === "other") return;
        const part = { start: edges.start(all[from]), end: edges.end(all[to]) };
        put({ ...review.common(), version: 0, verb: "add", label: name, parts: [part], milliseconds: 0 });
        review.mode.close();
        tell(say("added"));
      },
    });
  };

  document.addEventListener("click", (event) => {
    const word = event.target.closest(".read span[data-s]");
    if (word && review.mode) review.mode.pick(word);
  });
  return { split, add };
})();
