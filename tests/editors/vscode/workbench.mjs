// One window of the workbench, and a user's actions in it.

export const WAIT = Number(process.env.WAIT ?? 60_000); // milliseconds for each step

export class Workbench {
  constructor(page, server) {
    this.page = page;
    this.server = server;
  }

  /** Opens a folder or a workspace file, with one file active, and waits until that shows `text`. */
  async open(folder, file, text) {
    const payload = encodeURIComponent(JSON.stringify([["openFile", this.server.uri(file)]]));
    const what = folder.endsWith(".code-workspace") ? "workspace" : "folder";
    const url = `http://127.0.0.1:${this.server.port}/?${what}=${encodeURIComponent(folder)}&payload=${payload}`;
    const deadline = Date.now() + WAIT;
    for (;;) {
      try {
        await this.page.goto(url);
        await this.line(text).first().waitFor();
        // Sometimes the workbench starts without the folders of a workspace file.
        await this.page.locator(".explorer-folders-view .monaco-list-row").first().waitFor({ timeout: 10_000 });
        return;
      } catch (error) {
        if (Date.now() > deadline) throw error;
        await new Promise((done) => setTimeout(done, 250));
      }
    }
  }

  line(text) {
    return this.page.locator(".editor-instance .view-lines .view-line", { hasText: text });
  }

  /** Rows of the list of problems. */
  problem(text) {
    return this.page.locator(".markers-panel .monaco-list-row", { hasText: text });
  }

  lens(text) {
    return this.page.locator(".codelens-decoration a, .codelens-decoration span", { hasText: text });
  }

  squiggles() {
    return this.page.locator(".squiggly-error, .squiggly-warning, .squiggly-info");
  }

  notification(text) {
    return this.page.locator(".notification-toast", { hasText: text });
  }

  tab(name) {
    return this.page.locator(".tab", { hasText: name });
  }

  /** Closes the tab of this name, whatever has the focus. A click on a tab that is moving just then is lost. */
  async close(name) {
    const tab = this.tab(name).first();
    const deadline = Date.now() + WAIT;
    for (;;) {
      await tab.click({ button: "middle", timeout: 5_000 }).catch(() => {});
      try {
        return await tab.waitFor({ state: "detached", timeout: 5_000 });
      } catch (error) {
        if (Date.now() > deadline) throw error;
      }
    }
  }

  /**
   * Waits until the active editor shows a text; white space is ignored, since long lines are wrapped. The order of the
   * lines in the page is arbitrary.
   */
  async shows(...texts) {
    await this.#until(texts, true);
  }

  async showsNot(...texts) {
    await this.#until(texts, false);
  }

  /** Whether the active editor comes to show a text in time, for `apply`. */
  showing(...texts) {
    return (timeout) => this.#until(texts, true, timeout);
  }

  async #until(texts, wanted, timeout = WAIT) {
    const joined = texts.join("").replaceAll(/\s/g, "");
    await this.page.waitForFunction(
      ([joined, wanted]) => {
        const lines = [...document.querySelectorAll(".editor-group-container.active .editor-instance .view-line")]
          .sort((a, b) => a.offsetTop - b.offsetTop)
          .map((line) => line.textContent.replaceAll(/\s/g, ""));
        return lines.length > 0 && lines.join("").includes(joined) === wanted;
      },
      [joined, wanted],
      { timeout },
    );
  }

  /** Repeats an action until it has an effect: lenses and rows are redrawn under the mouse. */
  async until(action, shown) {
    const deadline = Date.now() + WAIT;
    for (;;) {
      try {
        await action();
        return await shown.waitFor({ timeout: 5_000 });
      } catch (error) {
        if (Date.now() > deadline) throw error;
      }
    }
  }

  /** Puts the cursor into a line. */
  async goTo(text) {
    await this.line(text).first().click();
  }

  /** Puts the cursor onto a word; decorations between the words of a line make a guess by columns unreliable. */
  async goToPosition(line, column) {
    await this.press("Control+g");
    const input = this.page.locator(".quick-input-widget input").first();
    await input.fill(`:${line}:${column}`);
    await this.press("Enter");
    await input.waitFor({ state: "hidden" });
  }

  press(keys) {
    return this.page.keyboard.press(keys);
  }

  type(text) {
    return this.page.keyboard.insertText(text);
  }

  /** Opens the quick input by its keys, types into it, and picks the row that shows `text`. */
  async #quick(keys, written, text) {
    const deadline = Date.now() + WAIT;
    for (;;) {
      await this.press(keys);
      try {
        await this.page.locator(".quick-input-widget input").first().fill(written, { timeout: 3_000 });
        return await this.choice(text).first().click({ timeout: 5_000 });
      } catch (error) {
        if (Date.now() > deadline) throw error;
        await this.press("Escape");
      }
    }
  }

  /** Runs a command by its title. */
  command(title) {
    return this.#quick("F1", `>${title}`, title);
  }

  /** Rows of a list that a command has opened. */
  choice(text) {
    return this.page.locator(".quick-input-list .monaco-list-row", { hasText: text });
  }

  /** Opens a file of the folder. */
  async openFile(name, text) {
    await this.#quick("Control+p", name, name.split("/").at(-1));
    await this.line(text).first().waitFor();
  }

  /** Goes to a symbol of the workspace. */
  find(name, text) {
    return this.#quick("Control+t", `#${name}`, text);
  }

  /** Opens the list of problems, unless it is open. */
  async problems() {
    if ((await this.page.locator(".markers-panel").count()) === 0) {
      await this.press("Control+Shift+M");
      await this.page.locator(".markers-panel").first().waitFor();
    }
  }

  /** Opens the menu of actions at the cursor. If the editor isn't settled yet, the menu closes again. */
  async menu() {
    const deadline = Date.now() + WAIT;
    for (;;) {
      await this.press("Control+.");
      try {
        return await this.action("").first().waitFor({ timeout: 5_000 });
      } catch (error) {
        if (Date.now() > deadline) throw error;
        await this.press("Escape");
      }
    }
  }

  /** Rows of the menu of actions. */
  action(text) {
    return this.page.locator(".action-widget .monaco-list-row.action", { hasText: text });
  }

  /**
   * Opens the menu until it offers an action whose title contains `text`, picks it, and waits for what it does: `effect`
   * takes a time in milliseconds and fails if nothing was seen by then. A click on a menu that is redrawn just then is
   * lost, so all of it is repeated until something happens.
   */
  async apply(text, effect) {
    const deadline = Date.now() + 2 * WAIT;
    const happened = (time) => effect(time).then(() => true, () => false);
    let offered = "no menu";
    while (Date.now() < deadline) {
      await this.press("Control+.");
      const rows = this.action("");
      if (await rows.first().waitFor({ timeout: 5_000 }).then(() => true, () => false)) {
        offered = await this.page.locator(".action-widget").first().innerText().catch(() => offered);
        const picked = await this.action(text).first().click({ timeout: 2_000 }).then(() => true, () => false);
        if (picked && (await happened(15_000))) return;
      }
      await this.press("Escape");
      if (await happened(500)) return;
    }
    throw new Error(`nothing came of "${text}"; offered:\n${offered}`);
  }

  /** Hovers a word of a line and returns the text that appears. */
  async hover(line, word) {
    const place = this.line(line).first().locator("span span", { hasText: word }).first();
    const deadline = Date.now() + WAIT;
    for (;;) {
      await this.page.mouse.move(0, 0);
      await place.hover();
      const hover = this.page.locator(".monaco-editor .monaco-hover:visible, .monaco-resizable-hover:visible").first();
      try {
        await hover.waitFor({ timeout: 3_000 });
        return await hover.innerText();
      } catch (error) {
        if (Date.now() > deadline) throw error;
      }
    }
  }

  /** Waits until the status of the active document shows `text`. */
  status(text) {
    return this.page.locator(`[id='status.languageStatus'][aria-label*='${text}']`).first().waitFor();
  }

  /** Opens the menu behind the status of the active document. */
  async statusMenu() {
    const link = this.page.locator(".hover-language-status .element", { hasText: "Architrave" }).locator("a").first();
    const deadline = Date.now() + WAIT;
    for (;;) {
      await this.page.mouse.move(400, 400);
      await this.page.locator("[id='status.languageStatus']").first().hover();
      try {
        return await link.click({ timeout: 3_000 });
      } catch (error) {
        if (Date.now() > deadline) throw error;
      }
    }
  }
}
