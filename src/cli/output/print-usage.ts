import { COMMAND_GROUPS } from "../command-table.js";

/** Returns the list of commands that `gmig` prints by itself, and that the README holds. */
export function usageText(): string {
  const lines = COMMAND_GROUPS.map(({ title, commands }) => {
    const rows = commands.map(({ path, arguments: args, summary }) => `  ${`${path} ${args}`.trim().padEnd(26)}${summary}`);
    return `${title}\n${rows.join("\n")}`;
  });
  const common = "  --json                    print one JSON object on stdout, errors too\n  --dry-run                 print the plan or the file, and change nothing\n  --database URL            a database other than the configured one\n  -q, -v, --no-color        less, more, plain";
  return `gmig: database migration for people who work in Git branches\n\nUsage: gmig COMMAND [OPTIONS]\n\n${lines.join("\n\n")}\n\nWith every command that it makes sense for\n${common}\n\ngmig COMMAND --help shows a command's options and examples.\n`;
}
