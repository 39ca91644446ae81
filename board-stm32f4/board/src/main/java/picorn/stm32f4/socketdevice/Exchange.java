// SPDX-License-Identifier: MIT
package picorn.stm32f4.socketdevice;

import picorn.emulator.bus.Dma;

/** What a command is carried out with: itself, its data in guest memory, its answer, and room for a packet on its way between. */
final class Exchange {
    final Command command = new Command();
    final Completion completion = new Completion();
    final Pieces pieces;
    /** Room for the largest datagram or packet. */
    final byte[] packet = new byte[Pieces.OCTETS];

    Exchange(Dma memory) {
        pieces = new Pieces(memory);
    }
}
