// Comforts, none of them needed: a remembered theme, "/" to reach the search field, arrows in its suggestions, and
// the time zone for the digest.
(function () {
  "use strict";
  const KEY = "theme";
  const root = document.documentElement;
  const system = window.matchMedia("(prefers-color-scheme: dark)");

  function remembered() {
    try {
      return window.localStorage.getItem(KEY);
    } catch {
      return null; // storage is refused: the system's theme holds
    }
  }

  function remember(theme) {
    try {
      window.localStorage.setItem(KEY, theme);
    } catch {
      // the choice then lasts until the next page
    }
  }

  function dark() {
    return root.dataset.theme ? root.dataset.theme === "dark" : system.matches;
  }

  const chosen = remembered();
  if (chosen === "dark" || chosen === "light") {
    root.dataset.theme = chosen;
  }

  function theme() {
    const button = document.getElementById("theme");
    if (!button) {
      return;
    }
    const label = () => {
      button.textContent = dark() ? "Light theme" : "Dark theme";
    };
    button.hidden = false;
    button.addEventListener("click", () => {
      root.dataset.theme = dark() ? "light" : "dark";
      remember(root.dataset.theme);
      label();
    });
    system.addEventListener("change", label);
    label();
  }

  function searchKey() {
    document.addEventListener("keydown", (event) => {
      const typing = event.target.closest("input, textarea, select, [contenteditable]");
      if (event.key !== "/" || typing || event.ctrlKey || event.metaKey || event.altKey) {
        return;
      }
      const field = document.getElementById("search");
      if (field) {
        event.preventDefault();
        field.focus();
      }
    });
  }

  // Arrows walk the suggestions, Escape closes them: they are plain links under the field.
  function suggestionKeys() {
    const field = document.getElementById("search");
    const list = document.getElementById("suggested");
    if (!field || !list) {
      return;
    }
    field.form.addEventListener("keydown", (event) => {
      const links = [...list.querySelectorAll("a")];
      const at = links.indexOf(document.activeElement);
      if (event.key === "Escape") {
        list.replaceChildren();
        field.focus();
      } else if (event.key === "ArrowDown" && at + 1 < links.length) {
        event.preventDefault();
        links[at + 1].focus();
      } else if (event.key === "ArrowUp" && at >= 0) {
        event.preventDefault();
        (links[at - 1] || field).focus();
      }
    });
    document.addEventListener("click", (event) => {
      if (!field.form.contains(event.target)) {
        list.replaceChildren();
      }
    });
  }

  // The digest comes in the morning by the reader's clock: the form tells the zone, if the browser knows it.
  function timeZone() {
    const zone = Intl.DateTimeFormat().resolvedOptions().timeZone;
    for (const form of document.querySelectorAll("form.subscribe")) {
      const field = document.createElement("input");
      field.type = "hidden";
      field.name = "time_zone";
      field.value = zone || "";
      form.append(field);
    }
  }

  // A citation or an embedding frame goes to the clipboard with one press, where the browser allows it.
  function copying() {
    if (!navigator.clipboard) {
      return;
    }
    for (const text of document.querySelectorAll("code.copied")) {
      const button = document.createElement("button");
      button.type = "button";
      button.className = "copy";
      button.textContent = "Copy";
      button.addEventListener("click", async () => {
        try {
          await navigator.clipboard.writeText(text.textContent);
          button.textContent = "Copied";
        } catch {
          button.textContent = "Not allowed here: select it";
        }
      });
      text.closest("dd").append(" ", button);
    }
  }

  document.addEventListener("DOMContentLoaded", () => {
    theme();
    copying();
    timeZone();
    searchKey();
    suggestionKeys();
  });
})();
