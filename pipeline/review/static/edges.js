// The edges of the passage on the page. Words and their places come from the server; here they are only counted, so no edge can fall inside a sign.
"use strict";
review.edges = (() => {
  const item = () => document.querySelector("#desk .item.passage");
  const bare = (word) => !word || word.textContent.trim() === "";
  const start = (word) => Number(word.dataset.s);
  const wordsOf = (paragraph) => [...paragraph.querySelectorAll("span[data-s]")];
  const end = (word) => {
    const paragraph = word.closest("p");
    const words = wordsOf(paragraph);
    const next = words[words.indexOf(word) + 1];
    return next ? start(next) : Number(paragraph.dataset.e);
  };
  const marked = () => {
    const words = [...item().querySelectorAll("mark span[data-s]")];
    return { words, first: words[0], last: words.at(-1) };
  };
  const span = () => {
    const { first, last } = marked();
    return { start: start(first), end: end(last) };
  };
  const isMoved = () => {
    const now = span();
    return now.start !== Number(item().dataset.start) || now.end !== Number(item().dataset.end);
  };

  // Marks the words of one paragraph from `from` to `to`.
  const paint = (paragraph, from, to) => {
    item().querySelectorAll(".read mark").forEach((mark) => mark.replaceWith(...mark.childNodes));
    const words = wordsOf(paragraph).slice(from, to + 1);
    const mark = document.createElement("mark");
    words[0].before(mark);
    mark.append(...words);
    item().querySelector('[data-do="reset"]').hidden = !isMoved();
  };

  const place = () => {
    const { first, last } = marked();
    const paragraph = first.closest("p");
    if (paragraph !== last.closest("p")) return null; // a passage over a blank line keeps its edges
    const words = wordsOf(paragraph);
    return { paragraph, words, from: words.indexOf(first), to: words.indexOf(last) };
  };

  const step = (words, index, by) => {
    let next = index + by;
    while (next >= 0 && next < words.length && bare(words[next])) next += by;
    return next >= 0 && next < words.length ? next : index;
  };

  const move = (edge, by) => {
    const now = place();
    if (!now) return;
    const { paragraph, words } = now;
    let { from, to } = now;
    if (edge === "start") from = Math.min(step(words, from, by), to);
    else to = Math.max(step(words, to, by), from);
    paint(paragraph, from, to);
    pin();
  };

  // Where the buttons stand below the text they stay above the answers from the first move on, and one sees what they move.
  const pin = () => {
    item().classList.add("edging");
    const { first, last } = marked();
    const foot = document.querySelector(".foot").offsetHeight + item().querySelector(".edges").offsetHeight;
    if (first.getBoundingClientRect().top < 0 || last.getBoundingClientRect().bottom > innerHeight - foot) seen();
  };

  // Brings the passage to where nothing covers it.
  const seen = () => item().querySelector("mark").scrollIntoView({ block: "start" });

  const reset = () => {
    const words = [...item().querySelectorAll("span[data-s]")].filter((word) => start(word) >= Number(item().dataset.start) && end(word) <= Number(item().dataset.end));
    const paragraph = words[0].closest("p");
    const all = wordsOf(paragraph);
    paint(paragraph, all.indexOf(words[0]), all.indexOf(words.at(-1)));
  };

  return { item, span, isMoved, move, reset, seen, start, end, marked, wordsOf, bare, step };
})();
