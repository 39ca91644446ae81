// SPDX-License-Identifier: MIT
package picorn.emulator.cpu;

/**
 * What system registers make of instructions, told to the engine when one of them changes.
 *
 * @param fp what a floating-point instruction does, from CPACR and FPCCR.LSPACT
 * @param fpBeginsContext FPCCR.ASPEN: a floating-point instruction sets CONTROL.FPCA
 * @param divideByZeroTraps CCR.DIV_0_TRP
 * @param unalignedTraps CCR.UNALIGN_TRP
 * @param protection the MPU's verdicts
 */
public record Context(
        Fp fp, boolean fpBeginsContext, boolean divideByZeroTraps, boolean unalignedTraps, Protection protection) {
    /** What happens to a floating-point instruction. */
    public enum Fp {
        /** CPACR denies: {@link Stop.Fault#NO_COPROCESSOR}. */
        DENIED,
        /** CPACR allows privileged code only. */
        PRIVILEGED,
        /** It executes. */
        ENABLED,
        /** FPCCR.LSPACT: it stops once with {@link Stop.Fault#NO_COPROCESSOR}, so that the state can be saved first. */
        LAZY
    }

    /** With FPCCR.ASPEN set, as it is after reset. */
    public Context(Fp fp, boolean divideByZeroTraps, boolean unalignedTraps, Protection protection) {
        this(fp, true, divideByZeroTraps, unalignedTraps, protection);
    }

    /** The context after reset: no floating point, no traps, no MPU. */
    public static final Context RESET = new Context(Fp.DENIED, false, false, Protection.NONE);
}
