// SPDX-License-Identifier: MIT
package picorn.cli;

import picorn.stm32f4.board.BoardModel;

/** Finds the board that a user named. */
final class Boards {
    private Boards() {}

    static BoardModel named(String name) throws UsageError {
        return BoardModel.all().stream()
                .filter(model -> model.name().equals(name))
                .findFirst()
                .orElseThrow(() -> new UsageError("there is no board '%s'; there are: %s"
                        .formatted(
                                name,
                                String.join(
                                        ", ",
                                        BoardModel.all().stream()
                                                .map(BoardModel::name)
                                                .toList()))));
    }
}
