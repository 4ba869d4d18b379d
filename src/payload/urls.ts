/** Whether a text is a URL, or the path, query or hash of one. */
export const isUrl = (text: string): boolean => /^[\w+.-]*:?[/?#]\S*$/.test(text)

/**
 * A text whose URLs, wherever they stand in it, as they are or encoded in the query of another one, tell no user and no
 * password. Of `data:` and `blob:` URLs it has the head: `data:image/png;base64,…`, `blob:https://shop.example/…`.
 * The time that it takes grows as the length of the text.
 */
export const safeUrls = (text: string): string => {
  // most texts have none of these, and the patterns below cost more
  if (!/@|%(25)*40|data:|blob:/i.test(text)) return text
  return (
    text
      // one that is all of a text may have blanks in it
      .replace(/^(data:(?=\w+\/|[;,])[^\s,]*,).+/is, '$1…')
      .replace(/\b(data:(?=\w+\/|[;,])[^\s,]{0,200},|blob:[^\s"']{0,300}\/)[^\s"'):]+/gi, '$1…')
      .replace(userInfo, '$1')
      .replace(encodedUserInfo, '$1')
  )
}

/** A pattern from its parts, in which blanks do not count. */
const pattern = (...parts: string[]) => new RegExp(parts.join('').replace(/ /g, ''), 'gi')

/**
 * What stands between the slashes of an authority and its `@`. Slashes behind anything else are those of a path. Browsers take a
 * backslash for a slash, and some JSON has one before each slash. A host and its port that are followed by something else,
 * in which there is an `@`, are no user and password.
 */
const userInfo = pattern(
  String.raw`( \b (?: https? | wss? | ftp ): [\\/]+ | (?: ^ | [\s:="'\x60<>()[\]{},;|] ) [\\/]{2,} )`,
  String.raw`[^\s\\/?#"<>:&',;]* (?: : (?! \d+ [&',;)\]}] ) [^\s\\/?#"<>]* )? @`,
)

/** The same, encoded once or several times. */
const encodedUserInfo = pattern(
  String.raw`( (?: ^ | % (?:25)* 3a | [\s:="'&(] ) (?: % (?:25)* 2f ){2,} )`,
  String.raw`(?: (?! % (?:25)* (?: 2[02367cf] | 3[abcef] ) ) [^\s/?#&":] )*`,
  String.raw`(?: (?: : | % (?:25)* 3a ) (?! \d+ (?: & | % (?:25)* (?: 2[267c] | 3b | [57]d ) ) )`,
  String.raw`(?: (?! % (?:25)* (?: 2[023f] | 3[cef] ) ) [^\s/?#&"] )* )?`,
  '(?: @ | % (?:25)* 40 )',
)
