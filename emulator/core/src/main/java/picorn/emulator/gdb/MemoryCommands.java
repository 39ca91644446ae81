// SPDX-License-Identifier: MIT
package picorn.emulator.gdb;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import picorn.emulator.debug.Debugger;

/** Packets that read and write memory: {@code m M X}, {@code qCRC} and {@code vFlash}. */
final class MemoryCommands {
    private static final int LONGEST = PacketReader.LONGEST / 2;
    private static final int LONGEST_CHECK = 64 << 20;
    private static final int CHUNK = 4096;
    private static final byte ERASED = -1;
    private static final int CRC_POLYNOMIAL = 0x04C1_1DB7;

    private final Debugger debugger;
    private final List<FlashArea> flash;

    MemoryCommands(Debugger debugger, List<FlashArea> flash) {
        this.debugger = debugger;
        this.flash = flash;
    }

    /** {@code addr,length}: as many octets as there are. */
    String read(Arguments arguments) throws MalformedPacket {
        int address = arguments.number();
        byte[] octets = new byte[arguments.mark(',').number(LONGEST)];
        int read = debugger.read(address, octets);
        return read == 0 && octets.length > 0 ? Reply.NO_MEMORY : Hex.encode(Arrays.copyOf(octets, read));
    }

    /** {@code addr,length:digits}. */
    String write(Arguments arguments) throws MalformedPacket {
        int address = arguments.number();
        int length = arguments.mark(',').number(LONGEST);
        return write(address, arguments.mark(':').hex(length));
    }

    /** {@code addr,length:octets}. */
    String writeBinary(Arguments arguments) throws MalformedPacket {
        int address = arguments.number();
        int length = arguments.mark(',').number(LONGEST);
        byte[] octets = octets(arguments.mark(':').rest());
        if (octets.length != length) {
            throw MalformedPacket.INSTANCE;
        }
        return write(address, octets);
    }

    private static byte[] octets(String text) {
        return text.getBytes(StandardCharsets.ISO_8859_1);
    }

    private String write(int address, byte[] octets) {
        return debugger.write(address, octets) == octets.length ? Reply.OK : Reply.NO_MEMORY;
    }

    /** {@code addr,length}: the CRC of GDB's {@code compare-sections}. */
    String check(Arguments arguments) throws MalformedPacket {
        int address = arguments.number();
        int length = arguments.mark(',').number(LONGEST_CHECK);
        byte[] octets = new byte[CHUNK];
        int crc = -1;
        for (int done = 0; done < length; done += CHUNK) {
            byte[] part = length - done < CHUNK ? new byte[length - done] : octets;
            if (debugger.read(address + done, part) != part.length) {
                return Reply.NO_MEMORY;
            }
            crc = crc(crc, part);
        }
        return "C%x".formatted(crc);
    }

    private static int crc(int before, byte[] octets) {
        int crc = before;
        for (byte octet : octets) {
            crc ^= octet << 24;
            for (int bit = 0; bit < 8; bit++) {
                crc = crc << 1 ^ (crc < 0 ? CRC_POLYNOMIAL : 0);
            }
        }
        return crc;
    }

    /** {@code Erase:addr,length}, {@code Write:addr:octets} or {@code Done}: done at once, whatever locks flash memory for firmware. */
    String flash(String command) throws MalformedPacket {
        if (command.startsWith("Erase:")) {
            return erase(new Arguments(command.substring("Erase:".length())));
        }
        if (command.startsWith("Write:")) {
            return program(new Arguments(command.substring("Write:".length())));
        }
        return command.equals("Done") ? Reply.OK : Reply.UNSUPPORTED;
    }

    private String erase(Arguments arguments) throws MalformedPacket {
        int address = arguments.number();
        int length = arguments.mark(',').number(Integer.MAX_VALUE);
        if (!isFlash(address, length)) {
            return Reply.NO_FLASH;
        }
        byte[] erased = new byte[CHUNK];
        Arrays.fill(erased, ERASED);
        for (int done = 0; done < length; done += CHUNK) {
            debugger.write(address + done, Arrays.copyOf(erased, Math.min(CHUNK, length - done)));
        }
        return Reply.OK;
    }

    private String program(Arguments arguments) throws MalformedPacket {
        int address = arguments.number();
        byte[] octets = octets(arguments.mark(':').rest());
        return isFlash(address, octets.length) ? write(address, octets) : Reply.NO_FLASH;
    }

    /** Whether all of it is, be it in several areas. */
    private boolean isFlash(int address, int length) {
        long from = Integer.toUnsignedLong(address);
        long end = from + length;
        for (FlashArea area : flash) {
            if (from < end && area.contains((int) from, 0)) {
                from = Math.max(from, Integer.toUnsignedLong(area.base()) + area.size());
            }
        }
        return from >= end;
    }
}
