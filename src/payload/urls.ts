/** Whether a text is a URL, or the path, query or hash of one. */
export const isUrl = (text: string): boolean => /^[\w+.-]*:?[/?#]\S*$/.test(text)

/**
 * A text whose URLs, wherever they stand in it, as they are or encoded in the query of another one, tell no user and no
 * password. Of `data:` and `blob:` URLs it has the head: `data:image/png;base64,…`, `blob:https://shop.example/…`.
 */
export const safeUrls = (text: string): string => {
  // most texts have none of these, and the patterns below cost more
  if (!/@|%40|data:|blob:/i.test(text)) return text
  return (
    text
      .replace(/\/\/[^\s/?#"]+@/g, '//')
      // up to the next slash, question or number sign, encoded or not
      .replace(/(%2f%2f)(?:(?!%2f|%3f|%23)[^\s/?#&"])+%40/gi, '$1')
      // one that is all of a text may have blanks in it
      .replace(/^(data:(?=\w+\/|[;,])[^\s,]*,).+/is, '$1…')
      .replace(/\b(data:(?=\w+\/|[;,])[^\s,]{0,200},|blob:[^\s"']{0,300}\/)[^\s"'):]+/gi, '$1…')
  )
}
