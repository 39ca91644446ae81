// SPDX-License-Identifier: MIT
package picorn.emulator.engine;

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

/** Two engines with the same registers and memory, and what differs after the same code. */
final class EnginePair implements AutoCloseable {
    private static final int BASE = 0x2000_0000;
    private static final int SIZE = 0x8000;
    private static final int CODE = BASE + 0x4000;
    private static final int DATA = BASE + 0x1000;
    private static final int DATA_SIZE = 0x100;
    private static final int BATCH = 10;
    private static final int THREAD = 1 << 24;
    private static final int FPCA = 4;
    private static final Reg[] ALL = Reg.values();
    private static final int[] CORNERS = {
        0,
        1,
        -1,
        0x7fff_ffff,
        0x8000_0000,
        0x7fff,
        0x8000,
        0xffff,
        0x7f80_0000,
        0xff80_0000,
        0x7fc0_0000,
        0x7f80_0001,
        0x0080_0000,
        0x007f_ffff,
        0x3f80_0000,
        0x8000_7fff,
        0x7fff_8000,
        0x0080_0080
    };

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
    private final String[] stops = new String[2];

    EnginePair(EngineProvider first, EngineProvider second) {
        engines[0] = first.create(NOTHING);
        engines[1] = second.create(NOTHING);
        for (int k = 0; k < 2; k++) {
            engines[k].context(new Context(Context.Fp.ENABLED, false, false, Protection.NONE));
            rams[k] = engines[k].allocate(SIZE);
            engines[k].map(BASE, rams[k], 0, SIZE, Mapping.READ_WRITE_EXECUTE);
        }
    }

    /** How many instructions of an encoding are compared at once: several, unless they access memory or branch. */
    static int instances(Encoding encoding) {
        boolean single = accesses(encoding)
                || encoding.writes("label")
                || encoding.writes("pc")
                || encoding.syntax.startsWith("b")
                || encoding.syntax.startsWith("w")
                || encoding.syntax.startsWith("svc")
                || encoding.syntax.startsWith("udf");
        return single ? 1 : BATCH;
    }

    private static boolean accesses(Encoding encoding) {
        return encoding.writes("[<") || encoding.writes("[sp") || encoding.writes("[pc") || encoding.writes("list");
    }

    /** Runs random instructions of {@code encoding}; returns what differs afterwards, or nothing. */
    String difference(Encoding encoding, Random random) {
        RandomInstructions instructions = new RandomInstructions(random);
        int count = instances(encoding);
        int at = CODE;
        StringBuilder text = new StringBuilder();
        boolean indexed = encoding.has('m') && accesses(encoding);
        int index = -1;
        for (int k = 0; k < count; k++) {
            Instruction i = instructions.of(encoding, at);
            index = indexed ? i.m : -1;
            text.append("%08x %s; ".formatted(i.code, i));
            put(i.code, i.length, at);
            at += i.length;
        }
        put(0xbf00, 2, at);
        int[] before = registers(random, accesses(encoding), index);
        fillData(random.nextLong());
        for (int k = 0; k < 2; k++) {
            run(k, before, at - CODE, count);
        }
        String found = compare();
        return found.isEmpty() ? "" : text + describe(before) + System.lineSeparator() + found;
    }

    private void put(int code, int length, int address) {
        for (Ram ram : rams) {
            ram.put16(address - BASE, length == 4 ? code >>> 16 : code);
            if (length == 4) {
                ram.put16(address - BASE + 2, code);
            }
        }
    }

    private void fillData(long seed) {
        Random random = new Random(seed);
        for (int offset = 0; offset < DATA_SIZE; offset += 4) {
            int value = random.nextInt();
            for (Ram ram : rams) {
                ram.put32(DATA - BASE + offset, value);
            }
        }
    }

    private static int[] registers(Random random, boolean addresses, int index) {
        int[] values = new int[ALL.length];
        for (Reg register : ALL) {
            int n = register.ordinal();
            boolean core = n <= Reg.R12.ordinal() || register == Reg.LR;
            if (core || n >= Reg.S0.ordinal()) {
                values[n] = core && addresses ? address(random, n == index) : value(random);
            }
        }
        values[Reg.FPSCR.ordinal()] = random.nextInt() & 0xf7c0_0000;
        values[Reg.XPSR.ordinal()] = THREAD | random.nextInt() & 0xf80f_0000;
        return values;
    }

    private static int address(Random random, boolean index) {
        return index ? random.nextInt(8) * 4 : DATA + 64 + random.nextInt(16) * 4;
    }

    private static int value(Random random) {
        return switch (random.nextInt(4)) {
            case 0 -> CORNERS[random.nextInt(CORNERS.length)];
            case 1 -> random.nextInt(64) - 8;
            case 2 -> 0x3f00_0000 + random.nextInt(0x0200_0000) | random.nextInt(2) << 31;
            default -> random.nextInt();
        };
    }

    private void run(int k, int[] before, int length, int count) {
        CpuEngine engine = engines[k];
        engine.changed(rams[k], CODE - BASE, length + 2);
        engine.enterMode(before[Reg.XPSR.ordinal()], FPCA, DATA + 128, DATA + 64);
        for (Reg register : ALL) {
            int n = register.ordinal();
            if (n <= Reg.R12.ordinal() || register == Reg.LR || n >= Reg.FPSCR.ordinal()) {
                engine.set(register, before[n]);
            }
        }
        engine.clearExclusive();
        engine.set(Reg.PC, CODE);
        long start = engine.cycles();
        Stop stop = engine.run(start + count);
        engine.get(ALL, after[k]);
        stops[k] = "%s %s %d after %d".formatted(stop.reason(), stop.fault(), stop.value(), engine.cycles() - start);
    }

    private String compare() {
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
        for (int offset = 0; offset < DATA_SIZE; offset += 4) {
            int at = DATA - BASE + offset;
            if (rams[0].get32(at) != rams[1].get32(at)) {
                differences.add("[%x] %08x / %08x".formatted(at, rams[0].get32(at), rams[1].get32(at)));
            }
        }
        return differences.toString();
    }

    private static String describe(int[] before) {
        StringJoiner text = new StringJoiner(" ");
        for (Reg register : ALL) {
            if (before[register.ordinal()] != 0) {
                text.add("%s=%x".formatted(register, before[register.ordinal()]));
            }
        }
        return text.toString();
    }

    @Override
    public void close() {
        for (CpuEngine engine : engines) {
            engine.close();
        }
    }
}
