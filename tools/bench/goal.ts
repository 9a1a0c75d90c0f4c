/** Something to be reached, of what was measured. */
export interface Goal<M> {
  what: string;
  unit: string;
  must: number;
  aim: number | undefined;
  /** Whether more is better. */
  isMinimum?: boolean;
  /** Returns undefined for what was not measured. */
  of(measured: M): number | undefined;
}

/** A goal and how far it was reached; undefined where it was not measured. */
export interface Judged extends Omit<Goal<unknown>, 'of' | 'isMinimum'> {
  value: number | undefined;
  isMust: boolean | undefined;
  isAim: boolean | undefined;
}

/** Holds what was measured against goals. */
export const judgeBy = <M>(goals: readonly Goal<M>[], measured: M): Judged[] =>
  goals.map(({ of, isMinimum, ...goal }) => {
    const value = of(measured);
    const reaches = (limit: number | undefined) =>
      value === undefined || limit === undefined ? undefined : isMinimum ? value >= limit : value <= limit;
    return { ...goal, value, isMust: reaches(goal.must), isAim: reaches(goal.aim) };
  });
