// SPDX-License-Identifier: MIT
package picorn.stm32f4.socketdevice;

import picorn.emulator.bus.Dma;

/** What a command is carried out with: itself, its data, its answer, and a buffer between guest memory and the stack. */
final class Exchange {
    final Command command = new Command();
    final Completion completion = new Completion();
    final Pieces pieces;
    /** Room for the largest datagram or packet. */
    final byte[] staging = new byte[Pieces.OCTETS];

    Exchange(Dma memory) {
        pieces = new Pieces(memory);
    }
}
