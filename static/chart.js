// A figure that answers to the pointer, on demand: the drawing's script is fetched when a reader asks for it.
(function () {
  "use strict";

  function script(address) {
    return new Promise((done, failed) => {
      if (window.vegaEmbed) {
        done();
        return;
      }
      const element = document.createElement("script");
      element.src = address;
      element.onload = done;
      element.onerror = () => failed(new Error("the chart's script could not be loaded"));
      document.head.append(element);
    });
  }

  async function specification(button) {
    const narrow = window.matchMedia("(max-width: 40rem)").matches;
    const address = new URL(button.dataset.chart, window.location.href);
    if (narrow) {
      address.searchParams.set("shape", "narrow");
    }
    const answer = await fetch(address);
    if (!answer.ok) {
      throw new Error(`the chart's data answered ${answer.status}`);
    }
    return answer.json();
  }

  async function explore(button) {
    const figure = button.closest("figure");
    button.disabled = true;
    button.textContent = "Loading …";
    try {
      const [drawing] = await Promise.all([specification(button), script(button.dataset.script)]);
      const place = document.createElement("div");
      place.className = "live";
      const options = {
        ast: true,
        actions: false,
        defaultStyle: false,
        renderer: "svg",
        tooltip: { disableDefaultStyle: true },
      };
      figure.querySelectorAll("svg.chart").forEach((picture) => picture.classList.add("replaced"));
      figure.querySelector(".figure-title").after(place);
      await window.vegaEmbed(place, drawing, options);
      button.textContent = "Point at a mark, drag or scroll to zoom, double-click to reset";
    } catch (problem) {
      figure.querySelectorAll("svg.chart").forEach((picture) => picture.classList.remove("replaced"));
      button.textContent = `Not possible now: ${problem.message}`;
    }
  }

  document.addEventListener("DOMContentLoaded", () => {
    document.querySelectorAll("button[data-chart]").forEach((button) => {
      button.hidden = false;
      button.addEventListener("click", () => explore(button), { once: true });
    });
  });
})();
