// The picture as a standalone file: SVG with the current colours embedded.

import picture from "../picture.css";
import type { Canvas } from "./canvas.ts";

const NAME = /var\((--[a-z-]+)/g;

/** The whole picture, whatever part of it is visible. */
export function toSvg(canvas: Canvas): string {
  const { width, height } = canvas.size;
  const copy = canvas.element.cloneNode(true) as SVGSVGElement;
  copy.setAttribute("xmlns", "http://www.w3.org/2000/svg");
  copy.setAttribute("viewBox", `0 0 ${width.toFixed(0)} ${height.toFixed(0)}`);
  copy.setAttribute("width", width.toFixed(0));
  copy.setAttribute("height", height.toFixed(0));
  copy.querySelector(".stage")?.removeAttribute("transform");
  copy.querySelectorAll(".hit, .gone, .open").forEach((element) => element.remove());
  const style = document.createElementNS("http://www.w3.org/2000/svg", "style");
  style.textContent = variables() + picture;
  copy.prepend(style);
  return new XMLSerializer().serializeToString(copy);
}

/** The current values of the style sheet's variables: a file has no theme. */
function variables(): string {
  const computed = getComputedStyle(document.documentElement);
  const names = new Set([...picture.matchAll(NAME)].flatMap(([, name]) => name ?? []));
  const values = [...names].map((name) => `${name}:${computed.getPropertyValue(name).trim()};`);
  return `svg{${values.join("")}background:var(--ground);font-family:var(--font)}\n`;
}
