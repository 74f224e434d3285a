// Decisions on their way: each is kept on this device until the server says that it has it, and sent again after a break. A decision holds ids and
// places, never a text. Each stands under a key of its own, so that two windows never write over each other; the server keeps a key once. What is taken
// back before its answer came may have arrived: the taking-back stands in its place and is sent like it.
"use strict";
window.review = (() => {
  const { reviewer, token, said } = document.body.dataset;
  const words = JSON.parse(said);
  const prefix = `lessons-review:${reviewer}:`;
  const RETRY_FIRST = 1000, RETRY_LAST = 30000, SEEN = 5000;
  let wait = RETRY_FIRST, timer = 0, halted = false, number = 0;

  const say = (name, values = {}) =>
    Object.entries(values).reduce((text, [key, value]) => text.replaceAll(new RegExp(`\\{${key}(:,)?\\}`, "g"), value), words[name]);

  const tell = (text, kind = "", link = null) => {
    const line = document.createElement("p");
    line.className = kind;
    line.textContent = text;
    if (link) {
      const a = document.createElement("a");
      a.href = link.href;
      a.textContent = link.text;
      line.append(" ", a);
    }
    document.getElementById("said").replaceChildren(line);
    if (!kind) setTimeout(() => line.remove(), SEEN); // what went well leaves the room to what is to be read
  };

  const waiting = () =>
    Object.keys(localStorage).filter((key) => key.startsWith(prefix)).sort().map((key) => [key, JSON.parse(localStorage.getItem(key))]);

  const post = (address, data) =>
    fetch(address, { method: "POST", headers: { "Content-Type": "application/json", "X-Form-Token": token }, body: JSON.stringify(data), redirect: "error" });

  const put = (decision) => {
    number += 1;
    localStorage.setItem(`${prefix}${Date.now()}-${String(number).padStart(4, "0")}-${decision.key}`, JSON.stringify(decision));
    flush();
  };

  // A decision that had arrived and was taken back has counted twice: what was pressed on its item since follows from there.
  const follow = ({ item, version }) => {
    for (const [key, one] of waiting()) if (one.item === item) localStorage.setItem(key, JSON.stringify({ ...one, version }));
    document.dispatchEvent(new CustomEvent("undone", { detail: { item, version } }));
  };

  // Returns true while there is reason to go on with the next one.
  const send = async ([key]) => {
    const kept = localStorage.getItem(key), decision = JSON.parse(kept);
    if (decision === null) return true; // another window has sent it
    let answer;
    try {
      answer = await post(decision.verb ? "/decide" : "/undo", decision);
    } catch {
      return false;
    }
    if (answer.status === 401 || answer.status === 403) {
      halted = true;
      tell(say(answer.status === 401 ? "enter_again" : "error_403"), "wrong", { href: answer.status === 401 ? "/enter" : "/", text: "→" });
      return false;
    }
    if (answer.status >= 500 || answer.status === 429) return false;
    const body = await answer.json().catch(() => ({ status: "refused", reason: String(answer.status) }));
    if (localStorage.getItem(key) === kept) localStorage.removeItem(key); // else another window has taken it back meanwhile: that is sent next
    if (decision.verb) document.dispatchEvent(new CustomEvent("decided", { detail: { decision, body } }));
    else if (answer.status === 200) follow(body);
    return true;
  };

  const sendAll = async () => {
    for (const entry of waiting()) {
      if (!(await send(entry))) return false;
    }
    return true;
  };

  let running = null;
  const flush = () => {
    if (halted) return Promise.resolve(false);
    running ??= (navigator.locks ? navigator.locks.request("lessons-review-outbox", sendAll) : sendAll()).finally(() => { running = null; }).then((done) => {
      clearTimeout(timer);
      const left = waiting().length;
      if (done && left) return flush(); // one was pressed meanwhile
      if (done) {
        if (wait > RETRY_FIRST) tell(say("all_sent"));
        wait = RETRY_FIRST;
      } else if (!halted) {
        tell(say("offline", { n: left }), "wrong");
        timer = setTimeout(flush, wait);
        wait = Math.min(wait * 2, RETRY_LAST);
      }
      return done;
    });
    return running;
  };

  const takeLast = () => {
    const last = waiting().findLast(([, one]) => one.verb);
    if (!last) return null;
    localStorage.setItem(last[0], JSON.stringify({ key: crypto.randomUUID(), of: last[1].key }));
    return last[1];
  };

  window.addEventListener("online", () => flush());
  return { put, flush, waiting, takeLast, post, say, tell, token };
})();
