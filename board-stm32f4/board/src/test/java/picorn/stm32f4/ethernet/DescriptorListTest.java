// SPDX-License-Identifier: MIT
package picorn.stm32f4.ethernet;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Descriptor lists of every form (RM0090, 33.6.2): ring and chain, normal and enhanced, one and two buffers, frames in several parts. */
class DescriptorListTest {
    private static final int OWN = 1 << 31;
    private static final int COUNT = 6;
    private static final int DSL = 3;

    /**
     * @param bufferSize of each buffer; frames of up to 1514 octets then need one or several descriptors
     * @param buffers a descriptor, 1 or 2; chained descriptors have 1
     */
    record Form(boolean enhanced, boolean chained, boolean skipping, int buffers, int bufferSize) {
        int dmabmr() {
            return (enhanced ? Rig.EDFE : 0) | (skipping ? DSL << 2 : 0);
        }

        int stride() {
            return (enhanced ? 32 : 16) + (skipping ? 4 * DSL : 0);
        }

        int at(int list, int n) {
            return list + stride() * (n % COUNT);
        }

        int buffer(int base, int n, int which) {
            return base + (n % COUNT * 2 + which) * 2048;
        }

        int perDescriptor() {
            return buffers * bufferSize;
        }
    }

    static Stream<Form> forms() {
        List<Form> forms = new ArrayList<>();
        for (boolean enhanced : new boolean[] {false, true}) {
            for (int bufferSize : new int[] {1536, 512, 256}) {
                forms.add(new Form(enhanced, true, false, 1, bufferSize));
                for (int buffers = 1; buffers <= 2; buffers++) {
                    forms.add(new Form(enhanced, false, false, buffers, bufferSize));
                    forms.add(new Form(enhanced, false, true, buffers, bufferSize));
                }
            }
        }
        return forms.stream();
    }

    @ParameterizedTest
    @MethodSource("forms")
    void framesGoOutOfAllTheirBuffers(Form form) {
        Rig rig = new Rig();
        layTransmitList(rig, form);
        rig.start(form.dmabmr(), Rig.TSF | Rig.ST);
        Random random = new Random(2);
        int next = 0;
        List<byte[]> frames = new ArrayList<>();
        for (int n = 0; n < 30; n++) {
            byte[] frame = Frames.random(60 + random.nextInt(1455), random);
            frames.add(frame);
            int first = next;
            next = layFrame(rig, form, first, frame);
            rig.write("DMATPDR", 0);
            rig.run(200 * Rig.MICROSECOND);
            for (int i = first; i < next; i++) {
                assertThat(rig.word(form.at(Rig.TX_LIST, i)) >>> 31)
                        .as("descriptor %d of frame %d is closed", i - first, n)
                        .isZero();
            }
        }
        assertThat(rig.sent).extracting(Rig.Sent::frame).containsExactlyElementsOf(frames);
        assertThat(rig.read("DMACHTDR")).isEqualTo(form.at(Rig.TX_LIST, next));
    }

    private static void layTransmitList(Rig rig, Form form) {
        for (int n = 0; n < COUNT; n++) {
            int last = !form.chained() && n == COUNT - 1 ? 1 << 21 : 0;
            int chained = form.chained() ? 1 << 20 : 0;
            int word3 = form.chained() ? form.at(Rig.TX_LIST, n + 1) : form.buffer(Rig.TX_BUFFERS - 0x2000, n, 1);
            rig.descriptor(
                    form.at(Rig.TX_LIST, n), last | chained, 0, form.buffer(Rig.TX_BUFFERS - 0x2000, n, 0), word3);
        }
    }

    private static int layFrame(Rig rig, Form form, int first, byte[] frame) {
        int next = first;
        for (int done = 0; done < frame.length; next++) {
            int at = form.at(Rig.TX_LIST, next);
            int[] sizes = new int[2];
            int fs = done == 0 ? 1 << 28 : 0;
            for (int b = 0; b < form.buffers(); b++) {
                sizes[b] = Math.min(form.bufferSize(), frame.length - done);
                byte[] part = Arrays.copyOfRange(frame, done, done + sizes[b]);
                rig.put(form.buffer(Rig.TX_BUFFERS - 0x2000, next, b), part);
                done += sizes[b];
            }
            int ls = done == frame.length ? 1 << 29 : 0;
            rig.word(at + 4, sizes[1] << 16 | sizes[0]);
            rig.word(at, rig.word(at) & 0x0030_0000 | OWN | fs | ls);
        }
        return next;
    }

    @ParameterizedTest
    @MethodSource("forms")
    void framesComeInToAllBuffersTheyNeed(Form form) {
        Rig rig = new Rig();
        layReceiveList(rig, form);
        rig.start(form.dmabmr(), Rig.RSF | Rig.SR);
        Random random = new Random(3);
        int next = 0;
        for (int n = 0; n < 30; n++) {
            byte[] frame =
                    Frames.random(60 + random.nextInt(Math.min(1455, form.perDescriptor() * (COUNT - 1) - 64)), random);
            rig.receive(frame);
            next = takeFrame(rig, form, next, frame, "frame " + n);
        }
        assertThat(rig.read("DMAMFBOCR")).isZero();
        assertThat(rig.findings).isEmpty();
    }

    private static void layReceiveList(Rig rig, Form form) {
        for (int n = 0; n < COUNT; n++) {
            int flags = form.chained() ? 1 << 14 : n == COUNT - 1 ? 1 << 15 : 0;
            int size2 = form.buffers() == 2 ? form.bufferSize() << 16 : 0;
            int word3 = form.chained() ? form.at(Rig.RX_LIST, n + 1) : form.buffer(Rig.RX_BUFFERS, n, 1);
            rig.descriptor(
                    form.at(Rig.RX_LIST, n),
                    OWN,
                    flags | size2 | form.bufferSize(),
                    form.buffer(Rig.RX_BUFFERS, n, 0),
                    word3);
        }
    }

    /** Checks status and contents, and gives the descriptors back. */
    private static int takeFrame(Rig rig, Form form, int first, byte[] frame, String what) {
        int total = frame.length + 4;
        int needed = (total + form.perDescriptor() - 1) / form.perDescriptor();
        byte[] got = new byte[0];
        for (int i = first; i < first + needed; i++) {
            int rdes0 = rig.word(form.at(Rig.RX_LIST, i));
            int inThis = Math.min(form.perDescriptor(), total - got.length);
            assertThat(rdes0 >>> 31).as("%s: OWN of part %d", what, i - first).isZero();
            assertThat((rdes0 & 0x200) != 0)
                    .as("%s: FS of part %d", what, i - first)
                    .isEqualTo(i == first);
            assertThat((rdes0 & 0x100) != 0)
                    .as("%s: LS of part %d", what, i - first)
                    .isEqualTo(i == first + needed - 1);
            int inFirst = Math.min(inThis, form.bufferSize());
            got = Frames.join(
                    got,
                    rig.get(form.buffer(Rig.RX_BUFFERS, i, 0), inFirst),
                    rig.get(form.buffer(Rig.RX_BUFFERS, i, 1), inThis - inFirst));
            rig.word(form.at(Rig.RX_LIST, i), OWN);
        }
        assertThat(Arrays.copyOf(got, frame.length)).as(what).isEqualTo(frame);
        assertThat(got).as(what).hasSize(total);
        return first + needed;
    }
}
