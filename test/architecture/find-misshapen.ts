/** Says nothing of what is in it. */
const BANNED = /^(utils?|helpers?|common|core|types|shared|misc|constants)$/;
const MOST_LINES = 300;

/** Files (path → text) that are too long or whose path has a name that says nothing, a sentence each. */
export function findMisshapen(sources: ReadonlyMap<string, string>): readonly string[] {
  return [...sources].flatMap(([file, text]) => {
    const words = file.split("/").map((part) => part.replace(/\..*$/, ""));
    const banned = words.filter((word) => BANNED.test(word));
    const lines = text.split("\n").length - 1;
    return [
      ...banned.map((word) => `${file}: the name ${word} says nothing`),
      ...(lines > MOST_LINES ? [`${file} has ${lines} lines, more than ${MOST_LINES}`] : []),
    ];
  });
}
