// SPDX-License-Identifier: MIT
package picorn.stm32f4.linux;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;
import picorn.emulator.image.BadImage;

/** Against a blob that dtc made of small.dts. */
class DeviceTreeTest {
    private static byte[] small() throws IOException {
        try (InputStream in = DeviceTreeTest.class.getResourceAsStream("small.dtb")) {
            return in.readAllBytes();
        }
    }

    private static DeviceTree parse(byte[] blob) throws BadImage {
        return DeviceTree.parse("small.dtb", blob);
    }

    @Test
    void nodesAndPropertiesAreThoseOfTheSource() throws Exception {
        DeviceTreeNode root = parse(small()).root();
        assertThat(root.text("model")).contains("A small board");
        assertThat(root.children()).extracting(DeviceTreeNode::name).containsExactly("memory@90000000", "soc");
        DeviceTreeNode serial = root.child("soc").child("serial@40011000");
        assertThat(serial.text("status")).contains("okay");
        assertThat(serial.properties().get("local-mac-address")).containsExactly(2, 0, 0, 0, 1);
        assertThat(root.child("soc").properties().get("ranges")).isEmpty();
        assertThat(root.childOfType("memory").orElseThrow().properties().get("reg"))
                .isEqualTo(ByteBuffer.allocate(8)
                        .putInt(0x9000_0000)
                        .putInt(0x200_0000)
                        .array());
    }

    @Test
    void anUnchangedTreeIsWrittenAsDtcWritesIt() throws Exception {
        assertThat(parse(small()).toBlob()).isEqualTo(small());
    }

    @Test
    void whatIsSetIsReadAgain() throws Exception {
        DeviceTree tree = parse(small());
        tree.root().child("chosen").set("bootargs", "console=ttySTM0");
        tree.root().childOfType("memory").orElseThrow().set("reg", 0, 0x80_0000);
        DeviceTreeNode again = parse(tree.toBlob()).root();
        assertThat(again.child("chosen").text("bootargs")).contains("console=ttySTM0");
        assertThat(again.childOfType("memory").orElseThrow().properties().get("reg"))
                .isEqualTo(ByteBuffer.allocate(8).putInt(0).putInt(0x80_0000).array());
        assertThat(again.child("soc").children()).hasSize(1);
    }

    @Test
    void aFileThatIsNoBlobIsRefusedInOneLine() {
        assertThatThrownBy(() -> parse("hello, world, this is a text of some length".getBytes()))
                .isInstanceOf(BadImage.class)
                .hasMessage(
                        "small.dtb: it is no device tree blob, or a corrupt one; make it with dtc, or the kernel's make dtbs");
    }

    @Test
    void corruptBlobsAreReadOrRefusedAndNothingElse() throws Exception {
        byte[] whole = small();
        Random random = new Random(1);
        int refused = 0;
        for (int i = 0; i < 100_000; i++) {
            byte[] blob = Arrays.copyOf(whole, random.nextInt(4) == 0 ? random.nextInt(whole.length) : whole.length);
            for (int changes = random.nextInt(4); changes >= 0 && blob.length > 0; changes--) {
                blob[random.nextInt(blob.length)] = (byte) random.nextInt();
            }
            try {
                parse(blob).toBlob();
            } catch (BadImage e) {
                refused++;
            }
        }
        assertThat(refused).as("seed 1").isBetween(30_000, 99_000);
    }
}
