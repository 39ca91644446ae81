// SPDX-License-Identifier: MIT
package picorn.junit;

import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.extension.ExtensionConfigurationException;
import picorn.emulator.cpu.EngineProvider;
import picorn.emulator.image.BadImage;
import picorn.emulator.image.Image;
import picorn.stm32f4.board.BoardModel;
import picorn.stm32f4.board.Snapshot;

/**
 * A board that has come as far as {@link PicornTest#snapshotAfter} says, for tests to go on from.
 *
 * @param snapshot its state
 * @param printed what was on its console up to then
 */
record BootedBoard(Snapshot snapshot, ConsoleLog printed) {
    /** Of virtual time; the host's is limited by {@link PicornTest#wallLimitSeconds}. */
    private static final Duration LIMIT = Duration.ofHours(1);

    /** Which tests share one: those for which these are equal. */
    record Key(PicornTest test, String engine) {}

    static BootedBoard boot(PicornTest test, BoardModel model, Image image, EngineProvider engine) {
        try {
            Board board = new Board(test, model, image, engine, Optional.empty());
            try {
                board.console().awaitText(test.snapshotAfter(), LIMIT);
                return new BootedBoard(
                        Snapshot.of(board.hardware()), board.console().kept());
            } finally {
                board.close();
            }
        } catch (BadImage e) {
            throw new ExtensionConfigurationException(e.getMessage(), e);
        }
    }
}
