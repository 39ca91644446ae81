// SPDX-License-Identifier: MIT
package picorn.emulator.image;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.List;
import java.util.OptionalInt;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import picorn.emulator.bus.Bus;
import picorn.emulator.cpu.Mapping;

/** Ten thousand damaged images, straight into reader and loader: each is loaded or refused in one line, within bounded memory. */
class ImageFuzzTest {
    private static final int RUNS = 10_000;
    /** Octets for a file of at most two thousand; measured: 47,000. */
    private static final long MOST_ALLOCATED = 1 << 20;

    private static final int[] EXTREMES = {
        0, 1, -1, 2, 0x7FFF_FFFF, 0x8000_0000, 0xFFFF, 0x1_0000, 0x1000_0000, 0xFFFF_FFF0, 0x0800_0000, 0x2000_0000
    };

    private final NotedMemory engine = new NotedMemory();
    private final Bus bus = engine.bus();
    private final List<byte[]> seeds = List.of(
            richElf(),
            hex(),
            Samples.uImage(2, 0, 0x2000_0000, 0x2000_0001, Samples.count(500)),
            Samples.uImage(2, 1, 0x2000_0000, 0x2000_0001, Samples.gzip(Samples.count(2000))),
            Samples.count(300));
    private int loaded;

    ImageFuzzTest() {
        engine.add(bus, "FLASH", 0x0800_0000, 1 << 16, Mapping.READ_EXECUTE);
        engine.add(bus, "SRAM", 0x2000_0000, 1 << 16, Mapping.READ_WRITE_EXECUTE);
    }

    @Test
    @Timeout(
            value = 2,
            unit = TimeUnit.MINUTES,
            threadMode = Timeout.ThreadMode.SEPARATE_THREAD) // an endless loop fails
    void noDamagedImageDoesMoreThanBeRefused() {
        ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        long thread = Thread.currentThread().getId();
        for (int seed = 0; seed < RUNS; seed++) {
            byte[] image = mutate(seed);
            long before = threads.getThreadAllocatedBytes(thread);
            load(image, seed);
            assertThat(threads.getThreadAllocatedBytes(thread) - before)
                    .as("octets allocated, seed %d", seed)
                    .isLessThan(MOST_ALLOCATED);
            engine.changes.clear();
        }
        assertThat(loaded).as("some must survive, or little was tested").isBetween(RUNS / 20, RUNS * 19 / 20);
    }

    private void load(byte[] contents, int seed) {
        OptionalInt address = seed % seeds.size() == seeds.size() - 1
                ? OptionalInt.of(EXTREMES[seed / seeds.size() % EXTREMES.length])
                : OptionalInt.empty();
        try {
            Image image = ImageReader.read("x", contents, address);
            image.symbols().describe(0x0800_0010);
            new ImageLoader(bus, engine).load(image);
            loaded++;
        } catch (BadImage e) {
            assertThat(e.getMessage())
                    .as("seed %d", seed)
                    .startsWith("x: ")
                    .doesNotContain("\n")
                    .contains("; ");
        } catch (RuntimeException | Error e) {
            throw new AssertionError("seed " + seed, e);
        }
    }

    private byte[] mutate(int seed) {
        Random random = new Random(seed);
        byte[] image = seeds.get(seed % seeds.size()).clone();
        for (int times = random.nextInt(3); times >= 0; times--) {
            image = mutated(image, random);
        }
        return reseal(image, random);
    }

    private byte[] mutated(byte[] image, Random random) {
        if (image.length == 0) {
            return image;
        }
        return switch (random.nextInt(5)) {
            case 0 -> flip(image, random);
            case 1 -> Arrays.copyOf(image, random.nextInt(image.length));
            case 2 -> splice(image, random);
            default -> overwrite(image, random);
        };
    }

    private static byte[] flip(byte[] image, Random random) {
        image[random.nextInt(image.length)] ^= (byte) (1 << random.nextInt(8));
        return image;
    }

    private byte[] splice(byte[] image, Random random) {
        byte[] other = seeds.get(random.nextInt(seeds.size()));
        int length = random.nextInt(Math.min(image.length, other.length));
        System.arraycopy(other, 0, image, random.nextInt(image.length - length), length);
        return image;
    }

    /** Mostly in the first and last hundreds of octets, where headers are. */
    private static byte[] overwrite(byte[] image, Random random) {
        int value = EXTREMES[random.nextInt(EXTREMES.length)];
        int near = random.nextInt(Math.min(image.length, 300));
        int at = random.nextBoolean() ? near & ~3 : image.length - 1 - near & ~3;
        ByteBuffer in =
                ByteBuffer.wrap(image).order(random.nextBoolean() ? ByteOrder.LITTLE_ENDIAN : ByteOrder.BIG_ENDIAN);
        if (at + Integer.BYTES <= image.length && random.nextBoolean()) {
            in.putInt(at, value);
        } else if (at + Short.BYTES <= image.length) {
            in.putShort(at, (short) value);
        }
        return image;
    }

    /** Half of the uImages get right checksums again, or nothing behind those would ever be reached. */
    private static byte[] reseal(byte[] image, Random random) {
        if (image.length < 64 || image[0] != 0x27 || random.nextBoolean()) {
            return image;
        }
        int size = Math.max(0, Math.min(ByteBuffer.wrap(image).getInt(12), image.length - 64));
        byte[] payload = Arrays.copyOfRange(image, 64, 64 + size);
        ByteBuffer.wrap(image).putInt(24, Samples.crc(payload, size));
        return Samples.sealed(image);
    }

    private static byte[] richElf() {
        ElfBuilder elf = Samples.elf();
        for (int i = 0; i < 20; i++) {
            elf.symbol("function" + i, 0x0800_0001 + i, i, i % 2 == 0 ? 0x12 : 0x02, i % 4);
        }
        return elf.build();
    }

    private static byte[] hex() {
        StringBuilder text = new StringBuilder(":020000040800F2\n");
        for (int i = 0; i < 40; i++) {
            int sum = 4 + (i * 4 >> 8) + (i * 4) + 10;
            text.append(":04%04X0001020304%02X%n".formatted(i * 4, -sum & 0xFF));
        }
        return Samples.ascii(text + ":04000005080001C12D\n:00000001FF\n");
    }
}
