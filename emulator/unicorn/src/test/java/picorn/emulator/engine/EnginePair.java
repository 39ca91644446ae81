// SPDX-License-Identifier: MIT
package picorn.emulator.engine;

import java.util.Arrays;
import java.util.Random;
import java.util.StringJoiner;
import picorn.emulator.cpu.Context;
import picorn.emulator.cpu.CpuBus;
import picorn.emulator.cpu.CpuEngine;
import picorn.emulator.cpu.EngineProvider;
import picorn.emulator.cpu.Mapping;
import picorn.emulator.cpu.Protection;
import picorn.emulator.cpu.Ram;
import picorn.emulator.cpu.Reg;
import picorn.emulator.cpu.Stop;
import picorn.emulator.cpu.Stop.Reason;

/** Two engines with the same registers and memory, and what differs after the same code. */
final class EnginePair implements AutoCloseable {
    static final int BASE = 0x2000_0000;
    static final int SIZE = 0x8000;
    static final int CODE = BASE + 0x4000;
    static final int DATA = BASE + 0x1000;

    private static final int DATA_SIZE = 0x100;
    /** Fills memory, so that Unicorn translates no more than what a case wrote. */
    private static final int BRANCH_TO_ITSELF = 0xe7fe;

    private static final int STRIDE = 0x40;
    private static final int LAST_ENTRY = BASE + 0x6c00;
    private static final Reg[] ALL = Reg.values();
    private static final int[] STACK_POINTERS = {Reg.SP.ordinal(), Reg.MSP.ordinal(), Reg.PSP.ordinal()};

    private static final CpuBus NOTHING = new CpuBus() {
        @Override
        public long read(int address, int width) {
            return FAULT;
        }

        @Override
        public boolean write(int address, int width, int value) {
            return false;
        }
    };

    private final CpuEngine[] engines = new CpuEngine[2];
    private final Ram[] rams = new Ram[2];
    private final int[][] after = new int[2][ALL.length];
    private final byte[][] memories = new byte[2][SIZE];
    private final String[] stops = {"", ""};
    private int entry = CODE;
    private int codeEnd = CODE;

    EnginePair(EngineProvider first, EngineProvider second) {
        engines[0] = first.create(NOTHING);
        engines[1] = second.create(NOTHING);
        for (int k = 0; k < 2; k++) {
            engines[k].context(new Context(Context.Fp.ENABLED, false, false, Protection.NONE));
            rams[k] = engines[k].allocate(SIZE);
            for (int offset = 0; offset < SIZE; offset += 2) {
                rams[k].put16(offset, BRANCH_TO_ITSELF);
            }
            engines[k].map(BASE, rams[k], 0, SIZE, Mapping.READ_WRITE_EXECUTE);
        }
    }

    /** Where the code of the next case shall start: Unicorn takes the longer the more often code at one address changes. */
    int nextEntry() {
        entry = entry + STRIDE < LAST_ENTRY ? entry + STRIDE : CODE;
        codeEnd = entry;
        return entry;
    }

    /** Puts a halfword of code at {@code address}. */
    void put(int halfword, int address) {
        for (Ram ram : rams) {
            ram.put16(address - BASE, halfword);
        }
        codeEnd = Math.max(codeEnd, address + 2);
    }

    /** Fills the data that instructions are let at, by {@code seed}. */
    void fillData(long seed, int size) {
        Random random = new Random(seed);
        for (int offset = 0; offset < size; offset += 4) {
            int drawn = random.nextInt();
            int value = drawn >>> 28 == 15 ? RandomState.EXC_RETURNS[drawn & 3] : drawn;
            for (Ram ram : rams) {
                ram.put32(DATA - BASE + offset, value);
            }
        }
    }

    void fillData(long seed) {
        fillData(seed, DATA_SIZE);
    }

    /** Gives both the registers {@code before} and starts them where the code does. */
    void start(int[] before) {
        for (int k = 0; k < 2; k++) {
            CpuEngine engine = engines[k];
            engine.changed(rams[k], entry - BASE, codeEnd - entry);
            engine.enterMode(at(before, Reg.XPSR), at(before, Reg.CONTROL), at(before, Reg.MSP), at(before, Reg.PSP));
            for (Reg register : ALL) {
                int n = register.ordinal();
                boolean set =
                        switch (register) {
                            case SP, PC, XPSR, CONTROL, MSP, PSP -> false;
                            case PRIMASK, BASEPRI, FAULTMASK -> after[k][n] != before[n];
                            default -> true;
                        };
                if (set) {
                    engine.set(register, before[n]);
                }
            }
            engine.clearExclusive();
            engine.set(Reg.PC, entry);
        }
    }

    private static int at(int[] values, Reg register) {
        return values[register.ordinal()];
    }

    /** Runs both for {@code cycles}; whether they go on after that. */
    boolean run(int cycles) {
        boolean goesOn = false;
        for (int k = 0; k < 2; k++) {
            CpuEngine engine = engines[k];
            long start = engine.cycles();
            Stop stop = engine.run(start + cycles);
            engine.get(ALL, after[k]);
            for (int sp : STACK_POINTERS) {
                after[k][sp] &= ~3; // STACK_POINTER_LOW_BITS
            }
            long took = engine.cycles() - start;
            // SEV_UNSEEN: the other engine goes on to the deadline
            Reason reason = stop.reason() == Reason.SEV ? Reason.DEADLINE : stop.reason();
            goesOn = switch (reason) {
                case DEADLINE, SVC, WFI, WFE -> true;
                default -> false;
            };
            stops[k] = "%s %s %x after %d".formatted(reason, stop.fault(), stop.value(), took);
        }
        return goesOn;
    }

    /** Where the first of them is. */
    int pc() {
        return engines[0].pc();
    }

    /** What differs in how the run ended and in registers; nothing if that is empty. */
    String compare() {
        if (stops[0].equals(stops[1]) && Arrays.equals(after[0], after[1])) {
            return "";
        }
        StringJoiner differences = new StringJoiner(", ");
        if (!stops[0].equals(stops[1])) {
            differences.add(stops[0] + " / " + stops[1]);
        }
        for (Reg register : ALL) {
            int n = register.ordinal();
            if (after[0][n] != after[1][n]) {
                differences.add("%s %08x / %08x".formatted(register, after[0][n], after[1][n]));
            }
        }
        return differences.toString();
    }

    /** What differs in memory. */
    String compareMemory() {
        for (int k = 0; k < 2; k++) {
            rams[k].read(0, memories[k], 0, SIZE);
        }
        int at = Arrays.mismatch(memories[0], memories[1]);
        return at < 0 ? "" : "[%08x] %02x / %02x".formatted(BASE + at, memories[0][at] & 0xff, memories[1][at] & 0xff);
    }

    @Override
    public void close() {
        for (CpuEngine engine : engines) {
            engine.close();
        }
    }
}
