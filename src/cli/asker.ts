/** Asking a person: what is asked, whoever asks it. An answer that is undefined is Ctrl-C, Ctrl-D or Escape. */

export interface Asker {
  open(title: string): void;
  askText(question: TextQuestion): Promise<string | undefined>;
  askChoice<T extends string>(question: ChoiceQuestion<T>): Promise<T | undefined>;
  /** Any number of them, in the order of the choices; Enter alone takes none. */
  askSeveral<T extends string>(question: ChoiceQuestion<T>): Promise<readonly T[] | undefined>;
  askYes(message: string): Promise<boolean | undefined>;
  /** Something to read between two questions. */
  tell(title: string, text: string): void;
  /** Gives the terminal back. */
  close(): void;
}

export interface TextQuestion {
  message: string;
  example: string;
  /** What is wrong with an answer, in words for the person who gave it; it is asked again. */
  check(answer: string): Promise<string | undefined>;
}

export interface ChoiceQuestion<T extends string> {
  message: string;
  /** Where one is chosen, the first is what Enter takes. */
  choices: readonly { value: T; title: string; summary?: string }[];
}
