import type { Step } from "../plan/plan.js";

/** What happens while a plan runs. */
export type Progress =
  | { readonly kind: "waiting"; readonly holder: string }
  | { readonly kind: "started"; readonly step: Step; readonly message: string; readonly index: number; readonly total: number }
  | { readonly kind: "done"; readonly step: Step; readonly message: string; readonly index: number; readonly total: number; readonly durationMs: number }
  | { readonly kind: "notice"; readonly text: string };

export type OnProgress = (progress: Progress) => void;
