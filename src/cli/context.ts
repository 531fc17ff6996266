import type { BaseContext } from "clipanion";

/** Everything around the command line, passed in so that no command looks at the process. */
export interface CliContext extends BaseContext {
  readonly cwd: string;
  /** The environment as Git handed it to a hook; elsewhere the same as `env`. */
  readonly gitEnv: Readonly<Record<string, string | undefined>>;
  /** Whether a person can see questions and answer them. */
  readonly interactive: boolean;
  /** Whether each stream shows colours. */
  readonly colours: { readonly stdout: boolean; readonly stderr: boolean };
  /** Aborted by Ctrl-C. */
  readonly signal: AbortSignal;
  readonly now: () => Date;
  /** Runs a program in the foreground, with this terminal, and returns its exit status. */
  readonly runProgram: (command: string, args: readonly string[]) => Promise<number>;
}
