/** Whether a text is a URL, or the path, query or hash of one. */
export const isUrl = (text: string): boolean => /^[\w+.-]*:?[/?#]\S*$/.test(text)

/**
 * A text whose URLs, wherever they stand in it, as they are or encoded in the query of another one, tell no user and no
 * password. Of `data:` and `blob:` URLs it has the head: `data:image/png;base64,…`, `blob:https://shop.example/…`.
 */
export const safeUrls = (text: string): string => {
  // most texts have none of these, and the patterns below cost more
  if (!/@|%(25)*40|data:|blob:/i.test(text)) return text
  return (
    text
      // browsers take a backslash for a slash, and some JSON has one before each slash
      .replace(/([\\/]{2,}|\b(?:https?|wss?|ftp):[\\/]+)[^\s\\/?#"]+@/gi, '$1')
      // up to the next slash, question or number sign, encoded or not, once or several times
      .replace(/((?:%(?:25)*2f){2})(?:(?!%(?:25)*(?:2f|3f|23))[^\s/?#&"])+(?:%(?:25)*40|@)/gi, '$1')
      // one that is all of a text may have blanks in it
      .replace(/^(data:(?=\w+\/|[;,])[^\s,]*,).+/is, '$1…')
      .replace(/\b(data:(?=\w+\/|[;,])[^\s,]{0,200},|blob:[^\s"']{0,300}\/)[^\s"'):]+/gi, '$1…')
  )
}
