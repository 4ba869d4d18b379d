/** The address that the documented snippets load the script from. */
export const documentedUrl = 'https://your-domain.com/rum'

/** The documented loader snippet, letter for letter. */
export const minimalSnippet = `<script>
  (function(w,d,u,a,o){
  w=w[o]=w[o];w=document.createElement(u);w.async=1;w.id=o;w.src=a
  o=d.getElementsByTagName(u)[0];o.parentNode.insertBefore(w,o)
  })(window,document,'script','https://your-domain.com/rum','CRUM')
</script>`

/** The documented loader snippet with settings, letter for letter: a whole `<head>`, its three dots included. */
export const snippetWithSettings = `<head>
  <!-- your client scripts -->
  ...
  <!-- insert before </head> element -->
  <script>
    (function(w,d,u,a,o){
    w=w[o]=w[o];w=document.createElement(u);w.async=1;w.id=o;w.src=a
    o=d.getElementsByTagName(u)[0];o.parentNode.insertBefore(w,o)
    })(window,document,'script','https://your-domain.com/rum','CRUM')
    CRUM = {
      samplingRate: 3000,
      viewId: 'homePageManual',
      labels: 'env=production, versionApp=1',
      trackResources: false,
      trackHeroes: false,
      trackErrors: false,
      trackConsole: false,
    }
  </script>
</head>`

/** The documented loader with another address, and with settings if given: JSON, or the source text of an object. */
export function loader(url = '/rum', settings?: Record<string, unknown> | string): string {
  const snippet = minimalSnippet.replace(documentedUrl, () => url)
  if (settings === undefined) return snippet
  const source = typeof settings === 'string' ? settings : JSON.stringify(settings).replaceAll('<', '\\u003c')
  return snippet.replace('</script>', () => `  CRUM = ${source}\n</script>`)
}
