// What somebody who may name things in a cluster would name them, to reach whoever looks (docs/faults.md, T15 and T16).

/** Texts without a slash: with one no object is taken. None may be anything but text anywhere. */
export const hostileStrings: readonly string[] = [
  '<script>window.pwned=1',
  '"><img src=x onerror="window.pwned=1">',
  '<svg onload=window.pwned=1>',
  "' onmouseover='window.pwned=1",
  'javascript:window.pwned=1',
  'data:text,<b>x',
  '{{constructor.constructor("window.pwned=1")()}}',
  // biome-ignore lint/suspicious/noTemplateCurlyInString: a template is what it would be taken for
  '${window.pwned=1}',
  '__proto__',
  'constructor',
  'toString',
  'hasOwnProperty',
  'turned\u202eround',
  'isolated\u2066text',
  'zero\u200bwidth',
  'family 👩‍👩‍👧 of emoji',
  'lone \ud800 surrogate',
  'nul \u0000 inside',
  'two\r\nlines',
  'separated\u2028lines\u0085more',
  'a terminal\u001b[2J',
  '=cmd()',
  '-1+1',
  '@SUM(A1)',
  'x'.repeat(253),
]

/** Characters that move a cursor, hide, or turn writing around. A line feed and a tab are the page's own. */
export const treacherous =
  // biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is looked for
  /[\0-\b\v-\x1f\x7f-\x9f\u061c\u200b\u200e\u200f\u2028-\u202e\u2060-\u2069\ufeff]/
