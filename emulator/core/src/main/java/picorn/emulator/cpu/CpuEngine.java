// SPDX-License-Identifier: MIT
package picorn.emulator.cpu;

import java.util.Set;
import picorn.emulator.state.Saved;

/**
 * Executes Thumb-2 code of one Cortex-M4 core and stops for a reason. It knows no interrupt, no peripheral and no exception
 * entry: those are above it, written once for all engines.
 *
 * <p>With {@link Timing#INSTRUCTIONS} a cycle is an executed instruction, IT and a branch not taken among them. One that faulted takes none, nor
 * does one of an IT block whose condition failed: a run that has reached its cycle passes over those that come next, so that it ends before
 * an instruction that takes a cycle.
 *
 * <p>With {@link Timing#M4} an instruction takes the cycles that it takes on a Cortex-M4, at least one unless it faulted, also where its
 * condition failed. One that begins before the end of a run is completed: the run ends at the first boundary of instructions at or after the
 * cycle that was asked for, wherever it was cut before.
 *
 * <p>Runs and stops are exact to the instruction. An engine is used by one thread.
 */
public interface CpuEngine extends EngineMemory, Saved, AutoCloseable {
    /** The name that {@code --engine} takes. */
    String name();

    /** What this engine is unable to do. */
    Set<Limit> limits();

    /**
     * Executes whole instructions until {@link #cycles()} is {@code untilCycle}, beyond only by what the last one takes, or until there is
     * another reason to stop. At least one instruction is executed or one reason given, unless {@code untilCycle} has been reached already.
     *
     * @return the engine's one {@link Stop}
     */
    Stop run(long untilCycle);

    /** Cycles since the engine was made. Inside a {@link CpuBus} call: those before the accessing instruction. */
    long cycles();

    /** Instructions executed since the engine was made; as for {@link #cycles}. */
    default long instructions() {
        return cycles();
    }

    /** What a cycle is. */
    default Timing timing() {
        return Timing.INSTRUCTIONS;
    }

    /** With {@link Timing#M4}: {@code cycles} pass between two instructions, as at exception entry. */
    default void pass(int cycles) {
        throw new UnsupportedOperationException("cycles are instructions");
    }

    /** From now on accesses take as much longer as {@code waits} says. Nothing, unless the timing is {@link Timing#M4}. */
    default void waitStates(WaitStates waits) {
        // an instruction is a cycle, whatever it waits for
    }

    /** Address of the next instruction; inside a {@link CpuBus} call: of the accessing one. */
    int pc();

    /** Whether the core executes privileged: handler mode, or CONTROL.nPRIV clear. Exact inside a {@link CpuBus} call. */
    boolean privileged();

    /**
     * From inside a {@link CpuBus} call: the run shall not go beyond {@code cycle}; a cycle that has passed means the end of the
     * accessing instruction. The reason is then {@link Stop.Reason#REQUESTED}, or DEADLINE if nothing distinguishes them. Between runs
     * it has no effect.
     */
    void stopBy(long cycle);

    /** Reads a register. Between runs, or, of PRIMASK, BASEPRI and FAULTMASK, inside a {@link CpuBus} call too. */
    int get(Reg register);

    /** Writes a register. Between runs only. MSP, PSP and CONTROL change the bank in use where {@link #enterMode} is not needed. */
    void set(Reg register, int value);

    /** Reads {@code registers} into the first places of {@code values}. */
    default void get(Reg[] registers, int[] values) {
        for (int i = 0; i < registers.length; i++) {
            values[i] = get(registers[i]);
        }
    }

    /** Writes the first places of {@code values} to {@code registers}, in order. */
    default void set(Reg[] registers, int[] values) {
        for (int i = 0; i < registers.length; i++) {
            set(registers[i], values[i]);
        }
    }

    /** Reads what {@link #enterMode} takes: xPSR, CONTROL, MSP and PSP into the first places of {@code values}. */
    void getMode(int[] values);

    /** Reads PRIMASK, BASEPRI and FAULTMASK into the first places of {@code values}, when {@link #get(Reg)} may. */
    void getMasks(int[] values);

    /**
     * Puts the core into the mode that these values describe, whatever mode and privilege it is in: handler mode when IPSR in
     * {@code xpsr} is not 0, with the stack pointers and CONTROL (nPRIV, SPSEL, FPCA) as given. In handler mode SPSEL is 0.
     */
    void enterMode(int xpsr, int control, int msp, int psp);

    /** Clears the local exclusive monitor, as exception entry and return do (ARMv7-M ARM, B1.5.6 and B1.5.8). */
    void clearExclusive();

    /** What system registers make of instructions from now on. */
    void context(Context context);

    /**
     * Stops with {@link Stop.Reason#UNMASKED} from now on. Only while an enabled exception is pending that the mask registers hold
     * back, since some engines run slower then.
     */
    void reportUnmasking();

    /** Stops with {@link Stop.Reason#UNMASKED} no more. */
    void ignoreUnmasking();

    /** Sets a breakpoint at the instruction at {@code address}. A run that starts at one executes it. */
    void setBreakpoint(int address);

    /** Removes the breakpoint at {@code address}, if there is one. */
    void clearBreakpoint(int address);

    /**
     * Sends the loads and stores of {@code size} octets from {@code base} on to the {@link CpuBus} too, whatever memory is mapped there
     * now or later; code there executes as before. Both are multiples of 1024. Between runs only. What is not watched
     * costs nothing.
     */
    void watch(int base, int size);

    /** Ends {@link #watch} of these addresses. Between runs only. */
    void unwatch(int base, int size);

    @Override
    void close();
}
