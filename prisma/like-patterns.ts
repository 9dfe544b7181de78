const WORDS = 8;

/**
 * The words of a search as patterns for LIKE, each of which shall fit somewhere; what LIKE reads as a sign stands for
 * itself. Of more than eight words the first count.
 */
export const likePatterns = (text: string): string[] =>
  text
    .split(/\s+/)
    .filter(Boolean)
    .slice(0, WORDS)
    .map((word) => `%${word.replace(/[\\%_]/g, (sign) => `\\${sign}`)}%`);
