/** HTML that renderMarkdown made; nothing else may be shown as it is. */
export type SafeHtml = string & { readonly safeHtml: true };

export const renderMarkdown = (text: string): SafeHtml =>
  text
    .split(/\n{2,}/)
    .map((paragraph) => `<p>${paragraph.replace(/[&<>"]/g, (sign) => `&#${sign.codePointAt(0)};`)}</p>`)
    .join('') as SafeHtml;
