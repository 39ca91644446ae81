// SPDX-License-Identifier: MIT
package picorn.system;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.OptionalInt;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import picorn.emulator.cpu.EngineProvider;
import picorn.emulator.cpu.Engines;
import picorn.emulator.image.BadImage;
import picorn.emulator.image.ImageReader;
import picorn.emulator.machine.Outcome;
import picorn.emulator.semihosting.SemihostingHost;
import picorn.emulator.time.Clock;
import picorn.stm32f4.board.Board;
import picorn.stm32f4.board.BoardModel;
import picorn.stm32f4.board.MemoryUse;

/**
 * A whole board with little firmwares of a few instructions. Not on picorn-junit: it takes images from files with an address of their
 * own, these are made by the tests, raw, for addresses that the tests choose.
 */
class BoardTest {
    private static final int FLASH = 0x0800_0000;
    private static final int SRAM = 0x2000_0000;

    static Iterable<EngineProvider> engines() {
        return Engines.all();
    }

    private static Board board(EngineProvider engine, byte[] image, int address) throws BadImage {
        Board board = new Board(BoardModel.stm32429iEval().withSdram(1 << 20), engine);
        board.semihosting(SemihostingHost.of((octets, at, length) -> {}, board.machine()));
        board.load(ImageReader.read("firmware", image, OptionalInt.of(address)));
        board.reset();
        return board;
    }

    private static Outcome run(EngineProvider engine, byte[] image, int address) throws BadImage {
        try (Board board = board(engine, image, address)) {
            return board.run(Clock.SECOND);
        }
    }

    @ParameterizedTest
    @MethodSource("engines")
    void startsAtTheVectorTableInFlash(EngineProvider engine) throws Exception {
        assertThat(run(engine, RawFirmware.exit(FLASH), FLASH)).isEqualTo(new Outcome.Exited(0));
    }

    @ParameterizedTest
    @MethodSource("engines")
    void standsInForABootLoaderOfAnImageElsewhere(EngineProvider engine) throws Exception {
        assertThat(run(engine, RawFirmware.exit(SRAM), SRAM)).isEqualTo(new Outcome.Exited(0));
        int afterBootLoader = FLASH + 0x2_0000;
        assertThat(run(engine, RawFirmware.exit(afterBootLoader), afterBootLoader))
                .isEqualTo(new Outcome.Exited(0));
    }

    @ParameterizedTest
    @MethodSource("engines")
    void firmwareEndsItselfWithItsCode(EngineProvider engine) throws Exception {
        assertThat(run(engine, RawFirmware.exitWithSeven(), FLASH)).isEqualTo(new Outcome.Exited(7));
    }

    @ParameterizedTest
    @MethodSource("engines")
    void aRequestedResetRestartsFirmwareAndSetsSftrstf(EngineProvider engine) throws Exception {
        assertThat(run(engine, RawFirmware.resetsItself(), FLASH)).isEqualTo(new Outcome.Exited(0));
    }

    @ParameterizedTest
    @MethodSource("engines")
    void afterARequestedResetTheBootLoaderHasLoadedRamAgain(EngineProvider engine) throws Exception {
        assertThat(run(engine, RawFirmware.spoilsItselfAndResets(SRAM), SRAM)).isEqualTo(new Outcome.Exited(0));
    }

    @ParameterizedTest
    @MethodSource("engines")
    void aHandlerAtAnExcReturnValueLocksTheCoreUp(EngineProvider engine) throws Exception {
        byte[] image = RawFirmware.of(0xDE00); // udf #0
        for (int vector = 2; vector < 8; vector++) {
            ByteBuffer.wrap(image).order(ByteOrder.LITTLE_ENDIAN).putInt(4 * vector, 0xFFFF_FFF9);
        }
        assertThat(run(engine, image, FLASH)).isEqualTo(new Outcome.LockedUp());
    }

    @ParameterizedTest
    @MethodSource("engines")
    void theEthernetConnectorTakesOneCable(EngineProvider engine) throws Exception {
        try (Board board = board(engine, RawFirmware.exit(FLASH), FLASH)) {
            board.connect((frame, offset, length, now) -> {});
            assertThatThrownBy(() -> board.connectUserNetwork(1))
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessageContaining("taken");
        }
    }

    @ParameterizedTest
    @MethodSource("engines")
    void memrmpPutsSramAtAddressZero(EngineProvider engine) throws Exception {
        assertThat(run(engine, RawFirmware.remapsSram(), FLASH)).isEqualTo(new Outcome.Exited(0));
    }

    @ParameterizedTest
    @MethodSource("engines")
    void memoryUseTellsWhatWasLoadedAndWhatWasTouched(EngineProvider engine) throws Exception {
        byte[] image = RawFirmware.remapsSram();
        try (Board board = board(engine, image, FLASH)) {
            board.run(Clock.SECOND);
            assertThat(board.memoryUse())
                    .contains(
                            new MemoryUse("FLASH", 2 << 20, image.length, (image.length + 31) / 32 * 32),
                            new MemoryUse("SRAM", 192 << 10, 0, 32),
                            new MemoryUse("CCM", 64 << 10, 0, 0));
        }
    }

    @ParameterizedTest
    @MethodSource("engines")
    void anImageThatDoesNotFitIsRefusedWhole(EngineProvider engine) {
        byte[] image = new byte[(2 << 20) + 2];
        assertThatThrownBy(() -> board(engine, image, FLASH))
                .isInstanceOf(BadImage.class)
                .hasMessageContaining("FLASH (2097152 octets at 0x08000000)");
    }
}
