// SPDX-License-Identifier: MIT
package picorn.stm32f4.socketdevice;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import java.util.Random;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import picorn.emulator.register.Register;

/**
 * Rings that a hostile guest has made: no exception escapes, nothing outside of RAM is touched, the budget holds, and after a reset the
 * device works.
 */
class SocketDeviceFuzzTest {
    private static final int RINGS_A_GUEST = 2_000;
    private static final int BUDGET = 128 << 10;
    private static final String[] ADDRESSES = {
        "0.0.0.0",
        "127.0.0.1",
        "10.0.2.2",
        "10.0.2.15",
        "10.0.2.255",
        "255.255.255.255",
        "224.0.0.1",
        "10.9.9.9",
        "1.2.3.4"
    };
    private static final int[] PORTS = {0, 1, 7, 53, 67, 68, 80, 81, 1024, 49152, 65535};
    private static final int[] TELLING = {0, 1, 2, 3, 4, 6, 17, 64, 128, 255, 0x7FFF_FFFF, 0x8000_0000, -1};

    @Test
    void ringsOfAHostileGuestDoNoHarm() {
        fuzz(6_000, 21);
    }

    @Test
    @Tag("long")
    void aMillionRingsOfAHostileGuestDoNoHarm() {
        fuzz(1_000_000, 22);
    }

    private static void fuzz(int rings, long seed) {
        Random random = new Random(seed);
        for (int done = 0; done < rings; done += RINGS_A_GUEST) {
            Guest guest = new Guest(SocketDeviceConfig.parse(
                    new String[] {"full", "client", "minimal"}[random.nextInt(3)] + ",budget=128K"));
            for (int i = 0; i < Math.min(RINGS_A_GUEST, rings); i++) {
                try {
                    ring(guest, random);
                } catch (RuntimeException e) {
                    fail("seed %d, ring %d".formatted(seed, done + i), e);
                }
            }
            String at = "seed %d, ring %d".formatted(seed, done);
            assertThat(guest.ram.outside + guest.ccm.outside + guest.flash.outside)
                    .as(at)
                    .isZero();
            assertThat(guest.flash.octets).as(at).containsOnly(0);
            assertThat(guest.ccm.octets).as(at).containsOnly(0);
            assertThat(guest.device.stack().budget().peak()).as(at).isLessThanOrEqualTo(BUDGET);
            assertStillWorks(guest, at);
        }
    }

    private static void assertStillWorks(Guest guest, String at) {
        guest.register("CR", 2);
        guest.start();
        int socket = guest.open(2);
        assertThat(socket).as(at).isZero();
        assertThat(guest.command(3).socket(socket).at("0.0.0.0", 5).result())
                .as(at)
                .isZero();
    }

    /** One ring of commands, good and bad, in a state that the ones before have left. */
    private static void ring(Guest guest, Random random) {
        if ((guest.register("CR") & 1) == 0 || random.nextInt(64) == 0) {
            guest.register("CR", 2);
            start(guest, random);
        }
        int commands = 1 + random.nextInt(8);
        int base = guest.register("CMDAR");
        int from = guest.register("CMDTR");
        int order = guest.register("RSZR") & 0xFF;
        for (int i = 0; i < commands; i++) {
            int at = base + 32 * (from + i & (1 << Math.min(order, 10)) - 1);
            if (at >= Guest.RAM && at <= Guest.RAM + Guest.RAM_SIZE - 32) {
                command(guest, random, at);
            }
        }
        pieces(guest, random);
        guest.register("CMDTR", random.nextInt(50) == 0 ? random.nextInt() : from + commands);
        if (random.nextInt(30) == 0) {
            misuse(guest, random);
        }
        if (random.nextInt(8) != 0) {
            guest.register("CPLHR", guest.register("CPLTR"));
            guest.register("EVTHR", guest.register("EVTTR"));
        }
        if (random.nextInt(4) == 0) {
            guest.milliseconds(random.nextInt(20) == 0 ? 3_000 : 1);
        }
    }

    private static void start(Guest guest, Random random) {
        guest.start();
        if (random.nextInt(4) == 0) {
            guest.register("CR", 0);
            String[] all = {"CMDAR", "CPLAR", "EVTAR", "STAAR", "RSZR"};
            guest.register(
                    all[random.nextInt(all.length)], random.nextBoolean() ? address(random) & ~31 : random.nextInt());
            guest.register("CR", 0xF01);
        }
    }

    private static void misuse(Guest guest, Random random) {
        Register register = guest.device
                .registers()
                .get(random.nextInt(guest.device.registers().size()));
        int value = register.name().equals("CR") ? 0xF01 : telling(random);
        guest.device.write(register.offset(), 1 << random.nextInt(3), value);
        guest.device.read(random.nextInt(0x400), 1 << random.nextInt(3));
    }

    private static void command(Guest guest, Random random, int at) {
        for (int i = 0; i < 32; i += 4) {
            word(guest, at + i, random.nextInt());
        }
        int operation = random.nextInt(10) == 0 ? random.nextInt(256) : random.nextInt(24);
        int socket = random.nextInt(10) == 0 ? random.nextInt(1 << 16) : random.nextInt(6);
        word(guest, at, operation | random.nextInt(8) << 8 | socket << 16);
        if (random.nextInt(8) != 0) {
            word(guest, at + 4, Integer.reverseBytes(Guest.address(ADDRESSES[random.nextInt(ADDRESSES.length)])));
        }
        int port = PORTS[random.nextInt(PORTS.length)];
        int count = random.nextInt(16) == 0 ? random.nextInt(1 << 16) : random.nextInt(5);
        word(guest, at + 8, port >>> 8 | (port & 0xFF) << 8 | count << 16);
        if (random.nextInt(8) != 0) {
            word(guest, at + 12, Guest.PIECES);
        }
        for (int i = 16; i < 28; i += 4) {
            word(guest, at + i, telling(random));
        }
        if (operation == 1 && random.nextInt(8) != 0) {
            int type = 1 + random.nextInt(3);
            word(guest, at + 16, type);
            word(guest, at + 20, type == 3 ? 1 : 0);
        }
    }

    private static int telling(Random random) {
        return switch (random.nextInt(4)) {
            case 0 -> random.nextInt();
            case 1 -> random.nextInt(3) << 16 | random.nextInt(20);
            case 2 -> 6 << 16 | random.nextInt(20);
            default -> TELLING[random.nextInt(TELLING.length)];
        };
    }

    private static void pieces(Guest guest, Random random) {
        for (int i = 0; i < 4; i++) {
            int length = random.nextInt(16) == 0 ? telling(random) : random.nextInt(3000);
            word(
                    guest,
                    Guest.PIECES + 8 * i,
                    random.nextInt(8) == 0 ? address(random) : Guest.DATA + random.nextInt(4096));
            word(guest, Guest.PIECES + 8 * i + 4, length);
        }
    }

    private static int address(Random random) {
        return switch (random.nextInt(6)) {
            case 0 -> random.nextInt();
            case 1 -> Guest.CCM + random.nextInt(0x1000);
            case 2 -> Guest.FLASH + random.nextInt(0x1000);
            case 3 -> Guest.RAM + Guest.RAM_SIZE - 1 - random.nextInt(64);
            case 4 -> SocketDevice.BASE + random.nextInt(0x80);
            default -> Guest.RAM + random.nextInt(Guest.RAM_SIZE);
        };
    }

    private static void word(Guest guest, int address, int value) {
        guest.ram.put32(address - Guest.RAM, value);
    }
}
