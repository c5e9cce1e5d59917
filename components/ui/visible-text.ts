// Names and values come from whoever may write to the cluster: right-to-left marks, NUL, newlines and endless text are data.

/** Control and direction-changing characters written as `\u{…}`, so that a text can neither hide nor reorder its neighbours. */
export function visibleText(text: string): string {
  return text.replace(invisible, (char) => `\\u{${(char.codePointAt(0) ?? 0).toString(16)}}`)
}

// C0, C1, soft hyphen, zero-width and bidi controls, line and paragraph separators, the byte order mark, tag characters.
const invisible =
  // biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is looked for
  /[\u0000-\u001f\u007f-\u009f\u00ad\u061c\u180e\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb]|[\u{e0000}-\u{e007f}]/gu
