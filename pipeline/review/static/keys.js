// Keys by their place on the keyboard (event.code), so that they work with a Thai layout; silent while somebody writes, and where they are switched off.
"use strict";
(() => {
  const map = JSON.parse(document.body.dataset.keys);
  const byCode = new Map(Object.entries(map).map(([name, code]) => [code, name]));
  const STATES = ["planned", "ongoing", "postponed", "cancelled", "done"];
  const on = byCode.size > 0;

  const isWriting = (target) => target.matches("textarea, select, [contenteditable]") || (target.matches("input") && !["radio", "checkbox", "button"].includes(target.type));
  const isPressable = (target) => target.matches("button, a[href], summary, input[type=checkbox], input[type=radio]");
  const fields = () => document.querySelector("#desk form.fields:not([hidden])");

  const inFields = (event) => {
    const digit = /^(?:Digit|Numpad)([1-5])$/.exec(event.code);
    if (!digit || !on) return false;
    fields().querySelector(`[name="state"][value="${STATES[digit[1] - 1]}"]`).checked = true;
    return true;
  };

  const handle = (event) => {
    if (event.isComposing || event.altKey || event.metaKey) return false;
    if (event.code === "Escape" && !document.querySelector("dialog[open]")) return review.does.cancel(), true;
    if (isWriting(event.target)) return false;
    if (event.ctrlKey) return on && event.code === "KeyZ" ? (review.does.undo(), true) : false;
    if (document.querySelector("dialog[open]") && byCode.get(event.code) !== "guideline") return false;
    if (fields()) {
      if (event.code === "Enter" && !event.target.matches("button, a, summary")) return fields().requestSubmit(), true;
      return inFields(event);
    }
    if (review.mode?.key(event)) return true;
    if (!on || ((event.code === "Space" || event.code === "Enter") && isPressable(event.target))) return false;
    const code = event.code.replace(/^Numpad(\d)$/, "Digit$1");
    const name = byCode.get(event.shiftKey ? `Shift+${code}` : code);
    if (!name || document.body.querySelector("#desk > .empty") && name !== "undo" && name !== "guideline") return false;
    review.does[name]();
    return true;
  };

  document.addEventListener("keydown", (event) => {
    if (handle(event)) event.preventDefault();
  });
})();
