// SPDX-License-Identifier: MIT
package picorn.emulator.image;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

/** Intel Hexadecimal Object File Format Specification, revision A. */
class IntelHexImageTest {
    private static final String END = ":00000001FF\n";
    private static final String AGAIN = "; it is corrupt: copy or build it again";

    @Test
    void recordsThatFollowOneAnotherAreOneSegment() throws BadImage {
        Image image =
                read(":020000040800F2\r\n:0400000001020304F2\r\n:02000400AABB95\r\n:04000005080001C12D\r\n" + END);
        assertThat(image.format()).isEqualTo(ImageFormat.INTEL_HEX);
        assertThat(image.segments()).hasSize(1);
        assertThat(image.segments().get(0).address()).isEqualTo(0x0800_0000);
        assertThat(image.segments().get(0).bytes()).containsExactly(1, 2, 3, 4, 0xAA, 0xBB);
        assertThat(image.entry()).hasValue(0x0800_01C1);
    }

    @Test
    void aGapStartsAnotherSegmentAndOrderDoesNotMatter() throws BadImage {
        Image image = read(":0100100055" + "9A\n:01000000AA55\n" + END);
        assertThat(image.segments()).extracting(Segment::address).containsExactly(0x0, 0x10);
    }

    @Test
    void aLinearRecordCarriesOnBeyond64KAndASegmentedOneWraps() throws BadImage {
        Image linear = read(":020000042000DA\n:02FFFF00112" + "2CD\n" + END);
        assertThat(linear.segments()).hasSize(1);
        assertThat(linear.segments().get(0).address()).isEqualTo(0x2000_FFFF);
        Image segmented = read(":020000021000EC\n:02FFFF001122CD\n" + END);
        assertThat(segmented.segments()).extracting(Segment::address).containsExactly(0x1_0000, 0x1_FFFF);
        assertThat(segmented.segments().get(0).bytes()).containsExactly(0x22);
    }

    @Test
    void aStartSegmentAddressIsAnEntryToo() throws BadImage {
        assertThat(read(":01000000AA55\n:0400000312340005AE\n" + END).entry()).hasValue(0x1_2345);
    }

    @Test
    void lowerCaseAndBlankLinesAndSpacesAreAccepted() throws BadImage {
        assertThat(read("\n  :01000000aa55 \r\n\n:00000001ff").size()).isEqualTo(1);
    }

    @Test
    void eachFaultIsNamedWithItsLine() {
        assertBad(":01000000AA54\n" + END, "a.hex: line 1: its checksum is 0x55, but 0x54 is stated" + AGAIN);
        assertBad(":01000000AA55\nhello\n" + END, "a.hex: line 2: it does not start with a colon" + AGAIN);
        assertBad(":01000000AG55\n" + END, "a.hex: line 1: it holds something other than hexadecimal digits" + AGAIN);
        assertBad(":01000000AA5\n" + END, "a.hex: line 1: it is too long or has half an octet" + AGAIN);
        assertBad(
                ":02000000AA55\n" + END,
                "a.hex: line 1: its length is not what it states; it is truncated or corrupt: copy or build it again");
        assertBad(":00000007F9\n", "a.hex: line 1: its record type 0x07 does not exist" + AGAIN);
        assertBad(":0100000408F3\n", "a.hex: line 1: its record type 0x04 has 2 octets of data, not 1" + AGAIN);
        assertBad(
                END + ":01000000AA55\n",
                "a.hex: line 2: a record follows the end-of-file record; join files with objcopy or srec_cat");
        assertBad(
                ":01000000AA55\n",
                "a.hex: it has no end-of-file record (:00000001FF); it is truncated: copy or build it again");
        assertBad(END, "a.hex: it holds no data; build it again");
        assertBad(
                ":01000000AA55\n:01000000AA55\n" + END,
                "a.hex: two of its segments overlap at 0x00000000; link it so that each address is loaded once");
        assertBad(
                ":02000004FFFFFC\n:02FFFF001122CD\n" + END,
                "a.hex: 2 octets at 0xffffffff reach past the end of the address space; give or link it at a lower address");
    }

    private static Image read(String text) throws BadImage {
        return Samples.read("a.hex", Samples.ascii(text));
    }

    private static void assertBad(String text, String message) {
        assertThatThrownBy(() -> read(text)).isInstanceOf(BadImage.class).hasMessage(message);
    }
}
