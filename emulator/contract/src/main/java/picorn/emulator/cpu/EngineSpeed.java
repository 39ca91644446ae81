// SPDX-License-Identifier: MIT
package picorn.emulator.cpu;

import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.util.Arrays;

/** Prints what an engine's operations cost in processor time on this host, the median of several rounds. The argument is its name. */
public final class EngineSpeed {
    private static final ThreadMXBean THREAD = ManagementFactory.getThreadMXBean();
    private static final int ROUNDS = 7;
    private static final int RAM = 0x2000_0000;
    private static final int IO = 0x4000_0000;
    private static final Reg[] FRAME = {
        Reg.R0, Reg.R1, Reg.R2, Reg.R3, Reg.R12, Reg.LR, Reg.PC, Reg.XPSR, Reg.SP, Reg.CONTROL
    };

    private final CpuEngine engine;
    private final Ram ram;

    private EngineSpeed(CpuEngine engine) {
        this.engine = engine;
        ram = engine.allocate(0x10000);
        engine.map(RAM, ram, 0, ram.size(), Mapping.READ_WRITE_EXECUTE);
    }

    /** Measures the engine of the name given. */
    public static void main(String[] arguments) {
        String name = arguments.length > 0 ? arguments[0] : Engines.all().get(0).name();
        CpuBus quiet = new CpuBus() {
            @Override
            public long read(int address, int width) {
                return 0;
            }

            @Override
            public boolean write(int address, int width, int value) {
                return true;
            }
        };
        try (CpuEngine engine = Engines.named(name).create(quiet)) {
            new EngineSpeed(engine).measure();
        }
    }

    private void measure() {
        instructions("ALU loop", 20_000_000, 0x3001, 0x4048, 0x18c2, 0xe7fb); // adds; eors; adds; b
        instructions(
                "ALU loop with IT", 20_000_000, 0x3001, 0x2805, 0xbf18, 0x3101, 0xe7fa); // adds; cmp; it ne; adds; b
        instructions("load loop", 10_000_000, 0x6820, 0x6861, 0xe7fc); // ldr; ldr; b
        instructions("store loop", 5_000_000, 0x6020, 0x6061, 0xe7fc); // str; str; b
        access("I/O read", 0x6828, 0xe7fd); // ldr r0, [r5]; b
        access("I/O write", 0x6028, 0xe7fd); // str r0, [r5]; b
        operation("run of 1 instruction", () -> engine.run(engine.cycles() + 1), 0xe7fe);
        operation("run of 4 instructions", () -> engine.run(engine.cycles() + 4), 0xe7fe);
        operation("run of 100 instructions", () -> engine.run(engine.cycles() + 100), 0xe7fe);
        operation("SVC stop", () -> engine.run(engine.cycles() + 1000), 0xdf00, 0xe7fd);
        operation("get R0", () -> engine.get(Reg.R0));
        operation("set R0", () -> engine.set(Reg.R0, 1));
        int[] values = new int[FRAME.length];
        operation("get of 10 registers", () -> engine.get(FRAME, values));
        operation("get of MSP", () -> engine.get(Reg.MSP));
        operation("enterMode", () -> engine.enterMode(1 << 24, 0, RAM + 0x8000, RAM + 0x9000));
        operation("clearExclusive", engine::clearExclusive);
        operation("changed, 64 octets", () -> engine.changed(ram, 0x4000, 64));
        operation("changed, 1.5 KB", () -> engine.changed(ram, 0x4000, 1536));
        engine.reportUnmasking();
        operation(
                "run of 20 instructions, watched",
                () -> engine.run(engine.cycles() + 20),
                0x3001,
                0x3001,
                0x3001,
                0xe7fb);
    }

    private void load(int... halfwords) {
        for (int i = 0; i < halfwords.length; i++) {
            ram.put16(0x1000 + 2 * i, halfwords[i]);
        }
        engine.changed(ram, 0x1000, 2 * halfwords.length);
        engine.enterMode(1 << 24, 0, RAM + 0x8000, RAM + 0x9000);
        engine.set(Reg.R4, RAM + 0x8000);
        engine.set(Reg.R5, IO);
        engine.set(Reg.PC, RAM + 0x1000);
    }

    private void instructions(String what, long count, int... code) {
        load(code);
        double nanos = median(() -> engine.run(engine.cycles() + count)) / count;
        System.out.printf("%-32s %8.1f MIPS%n", what, 1e3 / nanos);
    }

    private void access(String what, int... code) {
        load(code);
        long count = 200_000;
        double nanos = median(() -> engine.run(engine.cycles() + 2 * count)) / count;
        System.out.printf("%-32s %8.0f ns%n", what, nanos);
    }

    private void operation(String what, Runnable operation, int... code) {
        if (code.length > 0) {
            load(code);
        }
        int count = 50_000;
        double nanos = median(() -> {
                    for (int i = 0; i < count; i++) {
                        operation.run();
                    }
                })
                / count;
        System.out.printf("%-32s %8.0f ns%n", what, nanos);
    }

    private static double median(Runnable round) {
        double[] nanos = new double[ROUNDS];
        for (int i = 0; i < ROUNDS; i++) {
            long start = THREAD.getCurrentThreadCpuTime();
            round.run();
            nanos[i] = THREAD.getCurrentThreadCpuTime() - start;
        }
        Arrays.sort(nanos);
        return nanos[ROUNDS / 2];
    }
}
