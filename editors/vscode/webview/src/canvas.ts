// Zoom and pan over the picture, by wheel, mouse and keys. Keeps the position when the picture is redrawn.

import { heads } from "./draw.ts";
import { svg } from "./elements.ts";

const LEAST = 0.15;
const MOST = 3;
const FIT_MOST = 1.15;

export class Canvas {
  readonly element = svg("svg", { class: "canvas", role: "group", "aria-label": "Picture of the architecture" });
  readonly #stage = svg("g", { class: "stage" });
  #scale = 1;
  #x = 0;
  #y = 0;
  #size = { width: 1, height: 1 };
  #isTouched = false;

  constructor(onEmpty: () => void) {
    this.element.append(heads(), this.#stage);
    this.element.addEventListener("wheel", (event) => this.#wheel(event), { passive: false });
    this.element.addEventListener("pointerdown", (event) => this.#drag(event, onEmpty));
    new ResizeObserver(() => {
      if (!this.#isTouched) this.fit();
    }).observe(this.element);
  }

  show(scene: Element, size: { readonly width: number; readonly height: number }): void {
    this.#stage.replaceChildren(scene);
    const isNew = this.#size.width !== size.width || this.#size.height !== size.height;
    this.#size = size;
    if (isNew && !this.#isTouched) this.fit();
  }

  get scene(): Element | undefined {
    return this.#stage.firstElementChild ?? undefined;
  }

  get size(): { readonly width: number; readonly height: number } {
    return this.#size;
  }

  fit(): void {
    const { width, height } = this.element.getBoundingClientRect();
    if (width === 0 || height === 0) return;
    const scale = Math.min(width / (this.#size.width + 16), height / (this.#size.height + 16));
    this.#scale = Math.min(FIT_MOST, Math.max(LEAST, scale));
    this.#x = (width - this.#size.width * this.#scale) / 2;
    // Slightly above the middle, the way pictures are hung.
    this.#y = Math.max(8, (height - this.#size.height * this.#scale) / 3);
    this.#isTouched = false;
    this.#apply();
  }

  zoom(factor: number, at?: { readonly x: number; readonly y: number }): void {
    const { width, height } = this.element.getBoundingClientRect();
    const { x, y } = at ?? { x: width / 2, y: height / 2 };
    const scale = Math.min(MOST, Math.max(LEAST, this.#scale * factor));
    this.#x = x - ((x - this.#x) * scale) / this.#scale;
    this.#y = y - ((y - this.#y) * scale) / this.#scale;
    this.#scale = scale;
    this.#isTouched = true;
    this.#apply();
  }

  pan(x: number, y: number): void {
    this.#x += x;
    this.#y += y;
    this.#isTouched = true;
    this.#apply();
  }

  /** Brings a place of the picture into sight. */
  reveal(x: number, y: number): void {
    const { width, height } = this.element.getBoundingClientRect();
    const [left, top] = [this.#x + x * this.#scale, this.#y + y * this.#scale];
    if (left < 60 || left > width - 60) this.#x = width / 2 - x * this.#scale;
    if (top < 60 || top > height - 60) this.#y = height / 2 - y * this.#scale;
    this.#apply();
  }

  #apply(): void {
    this.#stage.setAttribute("transform", `translate(${this.#x.toFixed(1)} ${this.#y.toFixed(1)}) scale(${this.#scale.toFixed(3)})`);
  }

  #wheel(event: WheelEvent): void {
    event.preventDefault();
    const box = this.element.getBoundingClientRect();
    if (event.ctrlKey || event.metaKey) {
      const at = { x: event.clientX - box.left, y: event.clientY - box.top };
      this.zoom(Math.exp(-event.deltaY / 300), at);
    } else {
      this.pan(event.shiftKey ? -event.deltaY : -event.deltaX, event.shiftKey ? 0 : -event.deltaY);
    }
  }

  #drag(event: PointerEvent, onEmpty: () => void): void {
    const target = event.target instanceof Element ? event.target : undefined;
    if (event.button !== 0 || target?.closest(".box, .edge, .frame") != null) return;
    let [x, y, moved] = [event.clientX, event.clientY, 0];
    const move = (at: PointerEvent): void => {
      moved += Math.abs(at.clientX - x) + Math.abs(at.clientY - y);
      this.pan(at.clientX - x, at.clientY - y);
      [x, y] = [at.clientX, at.clientY];
    };
    const up = (): void => {
      this.element.removeEventListener("pointermove", move);
      this.element.classList.remove("dragged");
      if (moved < 4) onEmpty();
    };
    this.element.setPointerCapture(event.pointerId);
    this.element.classList.add("dragged");
    this.element.addEventListener("pointermove", move);
    this.element.addEventListener("pointerup", up, { once: true });
    this.element.addEventListener("pointercancel", up, { once: true });
  }
}
