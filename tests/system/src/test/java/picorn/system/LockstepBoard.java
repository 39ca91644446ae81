// SPDX-License-Identifier: MIT
package picorn.system;

import java.io.ByteArrayOutputStream;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.nio.charset.StandardCharsets;
import java.util.Set;
import picorn.emulator.bus.Region;
import picorn.emulator.cpu.CpuBus;
import picorn.emulator.cpu.CpuEngine;
import picorn.emulator.cpu.EngineProvider;
import picorn.emulator.cpu.Limit;
import picorn.emulator.cpu.Reg;
import picorn.emulator.image.BadImage;
import picorn.emulator.image.Image;
import picorn.emulator.machine.Machine;
import picorn.emulator.machine.Outcome;
import picorn.emulator.semihosting.SemihostingHost;
import picorn.stm32f4.board.Board;
import picorn.stm32f4.board.BoardModel;

/** One of two boards in lock-step. Its engine is made to agree in what the two are known to differ in. */
final class LockstepBoard implements AutoCloseable {
    private static final Reg[] ALL = Reg.values();

    private final ByteArrayOutputStream output = new ByteArrayOutputStream();
    private final Board board;
    private final Region.Memory sram;
    private final Region.Memory ccm;
    private final int[] registers = new int[ALL.length];
    private final byte[] memory;
    private Outcome outcome = new Outcome.TimeReached();

    LockstepBoard(EngineProvider engine, Image image, String commandLine) throws BadImage {
        board = new Board(BoardModel.stm32429iEval(), new Agreeing(engine));
        board.console().transmitTo((character, now) -> output.write(character));
        board.semihosting(SemihostingHost.of(output::write, board.machine()).withCommandLine(commandLine));
        board.connectUserNetwork(1);
        board.load(image);
        board.reset();
        sram = memory("SRAM");
        ccm = memory("CCM");
        memory = new byte[sram.size() + ccm.size()];
    }

    private Region.Memory memory(String name) {
        return board.chip().memories().all().stream()
                .filter(memory -> memory.name().equals(name))
                .findFirst()
                .orElseThrow();
    }

    Machine machine() {
        return board.machine();
    }

    /** How the last run ended. */
    Outcome outcome() {
        return outcome;
    }

    String output() {
        return output.toString(StandardCharsets.ISO_8859_1);
    }

    /** Runs to {@code time} and reads the registers. */
    void runTo(long time) {
        outcome = board.run(time);
        machine().engine().get(ALL, registers);
    }

    /** As of the end of the last run, by their order in {@link Reg}. */
    int[] registers() {
        return registers;
    }

    /** SRAM and CCM. */
    byte[] memory() {
        sram.ram().read(0, memory, 0, sram.size());
        ccm.ram().read(0, memory, sram.size(), ccm.size());
        return memory;
    }

    @Override
    public void close() {
        board.close();
    }

    /**
     * An engine made to differ from another in nothing that the two are known to differ in: floating-point state is stacked at once, as
     * Unicorn wants it; and while no floating-point context exists FPSCR is what Unicorn makes of it when one begins, 0 but
     * for what FPDSCR says. The manual leaves its flags as they were, which are UNKNOWN after exception entry (B1.5.6).
     */
    private record Agreeing(EngineProvider provider) implements EngineProvider {
        private static final int FPCA = 4;
        private static final int FROM_FPDSCR = 0x07C0_0000;

        @Override
        public String name() {
            return provider.name();
        }

        @Override
        public CpuEngine create(CpuBus bus) {
            CpuEngine engine = provider.create(bus);
            Class<?>[] type = {CpuEngine.class};
            return (CpuEngine) Proxy.newProxyInstance(type[0].getClassLoader(), type, (proxy, method, arguments) -> {
                if (method.getName().equals("limits")) {
                    return Set.of(Limit.FP_ALWAYS_ENABLED);
                }
                if (method.getName().equals("run") && (engine.get(Reg.CONTROL) & FPCA) == 0) {
                    engine.set(Reg.FPSCR, engine.get(Reg.FPSCR) & FROM_FPDSCR);
                }
                try {
                    return method.invoke(engine, arguments);
                } catch (InvocationTargetException e) {
                    throw e.getCause();
                }
            });
        }
    }
}
