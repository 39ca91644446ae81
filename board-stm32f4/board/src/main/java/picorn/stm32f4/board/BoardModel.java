// SPDX-License-Identifier: MIT
package picorn.stm32f4.board;

import java.util.List;
import java.util.Optional;
import picorn.stm32f4.socketdevice.SocketDeviceConfig;

/**
 * What is on a board.
 *
 * @param name what {@code --board} takes
 * @param description one line
 * @param chip the part number
 * @param crystalHertz frequency of the crystal at OSC_IN, 0 without
 * @param flash octets of flash memory
 * @param sram octets of SRAM1 to SRAM3
 * @param ccm octets of core-coupled memory
 * @param sdram octets of SDRAM on the memory controller's bank 1, at 0xC0000000; 0 without
 * @param phyAddress MDIO address of the Ethernet PHY
 * @param consoleUsart number of the USART that leads to the board's serial connector
 * @param socketDevice the socket device beside the chip, if there is one (docs/socket-device.md)
 */
public record BoardModel(
        String name,
        String description,
        String chip,
        long crystalHertz,
        int flash,
        int sram,
        int ccm,
        int sdram,
        int phyAddress,
        int consoleUsart,
        Optional<SocketDeviceConfig> socketDevice) {
    /** Octets of flash memory that a board can be given at most. */
    public static final int LARGEST_FLASH = 16 << 20;

    /** Octets of SDRAM that a board can be given at most. */
    public static final int LARGEST_SDRAM = 256 << 20;

    private static final BoardModel STM32429I_EVAL = new BoardModel(
            "stm32429i-eval",
            "ST's evaluation board MB1063 with Ethernet and SDRAM",
            "STM32F429NI",
            25_000_000,
            2 << 20,
            192 << 10,
            64 << 10,
            32 << 20,
            1,
            1,
            Optional.empty());

    /** All boards. */
    public static List<BoardModel> all() {
        return List.of(STM32429I_EVAL);
    }

    /** ST's evaluation board of the STM32F429NI (UM1667). */
    public static BoardModel stm32429iEval() {
        return STM32429I_EVAL;
    }

    /** This board with another size of flash, in octets. */
    public BoardModel withFlash(int octets) {
        return with(octets, sdram, socketDevice);
    }

    /** This board with another size of SDRAM, in octets. */
    public BoardModel withSdram(int octets) {
        return with(flash, octets, socketDevice);
    }

    /** This board with a socket device. */
    public BoardModel withSocketDevice(SocketDeviceConfig config) {
        return with(flash, sdram, Optional.of(config));
    }

    /** What can differ from the board that is sold. */
    private BoardModel with(int ofFlash, int ofSdram, Optional<SocketDeviceConfig> device) {
        return new BoardModel(
                name, description, chip, crystalHertz, ofFlash, sram, ccm, ofSdram, phyAddress, consoleUsart, device);
    }
}
