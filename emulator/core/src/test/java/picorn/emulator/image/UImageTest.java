// SPDX-License-Identifier: MIT
package picorn.emulator.image;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static picorn.emulator.image.Samples.count;
import static picorn.emulator.image.Samples.gzip;
import static picorn.emulator.image.Samples.uImage;

import java.nio.ByteBuffer;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

/** U-Boot's legacy images: include/image.h. */
class UImageTest {
    private static final int STANDALONE = 1;
    private static final int KERNEL = 2;
    private static final int LOAD = 0xC000_8000;
    private static final String AGAIN = "; it is corrupt: copy or build it again";

    @Test
    void thePayloadGoesToItsLoadAddress() throws BadImage {
        Image image = Samples.read("uImage", uImage(KERNEL, 0, LOAD, LOAD | 1, count(100)));
        assertThat(image.format()).isEqualTo(ImageFormat.UIMAGE);
        assertThat(image.description()).isEqualTo("uImage 'Linux-2.6.33'");
        assertThat(image.segments()).hasSize(1);
        assertThat(image.segments().get(0).address()).isEqualTo(LOAD);
        assertThat(image.segments().get(0).bytes()).isEqualTo(count(100));
        assertThat(image.entry()).hasValue(LOAD | 1);
    }

    @Test
    void aPackedPayloadIsUnpackedAndPaddingBehindItIgnored() throws BadImage {
        byte[] packed = uImage(STANDALONE, 1, LOAD, LOAD, gzip(count(5000)));
        Image image = Samples.read("uImage", Arrays.copyOf(packed, packed.length + 100));
        assertThat(image.segments().get(0).bytes()).isEqualTo(count(5000));
        assertThat(image.description()).isEqualTo("uImage 'Linux-2.6.33', gzip");
    }

    @Test
    void aDamagedHeaderOrPayloadIsRefused() {
        byte[] header = uImage(KERNEL, 0, LOAD, LOAD, count(100));
        header[40] ^= 1;
        byte[] blank = header.clone();
        Arrays.fill(blank, 4, 8, (byte) 0);
        int stated = ByteBuffer.wrap(header).getInt(4);
        assertBad(
                header,
                "uImage: the CRC of its header is 0x%08x, but 0x%08x is stated at offset 0x4"
                                .formatted(Samples.crc(blank, 64), stated)
                        + AGAIN);
        byte[] payload = uImage(KERNEL, 0, LOAD, LOAD, count(100));
        payload[70] ^= 1;
        assertBad(
                payload,
                "uImage: the CRC of its payload is 0x%08x, but 0x%08x is stated at offset 0x18"
                                .formatted(
                                        Samples.crc(Arrays.copyOfRange(payload, 64, 164), 100),
                                        Samples.crc(count(100), 100))
                        + AGAIN);
    }

    @Test
    void aTruncatedOneIsRefused() {
        byte[] whole = uImage(KERNEL, 0, LOAD, LOAD, count(100));
        assertBad(
                Arrays.copyOf(whole, 150),
                "uImage: the uImage payload (offset 0x40, 100 octets) lies past the end of the file (150 octets); it is"
                        + " truncated or corrupt: copy or build it again");
        assertBad(
                Arrays.copyOf(whole, 20),
                "uImage: the uImage header (offset 0x0, 64 octets) lies past the end of the file (20 octets); it is"
                        + " truncated or corrupt: copy or build it again");
    }

    @Test
    void foreignKindsAreRefused() {
        assertBad(
                uImage(3, KERNEL, 0, LOAD, LOAD, count(8)),
                "uImage: it is a uImage for architecture 3 (offset 0x1d), not ARM (2); make it with mkimage -A arm");
        assertBad(
                uImage(3, 0, LOAD, LOAD, count(8)),
                "uImage: it is a uImage of type 3 (offset 0x1e), neither kernel (2) nor stand-alone (1); make it with"
                        + " mkimage -T kernel");
        assertBad(
                uImage(KERNEL, 3, LOAD, LOAD, count(8)),
                "uImage: it is a uImage with compression 3 (offset 0x1f), neither none (0) nor gzip (1); make it with"
                        + " mkimage -C gzip");
        assertBad(uImage(KERNEL, 0, LOAD, LOAD, new byte[0]), "uImage: its payload is empty; build it again");
        assertBad(uImage(KERNEL, 1, LOAD, LOAD, count(8)), "uImage: its payload (offset 0x40) is no gzip data" + AGAIN);
    }

    @Test
    void aBombIsNotUnpackedToItsEnd() {
        byte[] bomb = gzip(new byte[Image.LARGEST + 1]);
        assertBad(
                uImage(KERNEL, 1, LOAD, LOAD, bomb),
                "uImage: its payload unpacks to more than 64 MB; no board has that much memory: check the name");
    }

    private static void assertBad(byte[] image, String message) {
        assertThatThrownBy(() -> Samples.read("uImage", image))
                .isInstanceOf(BadImage.class)
                .hasMessage(message);
    }
}
