// SPDX-License-Identifier: MIT
package picorn.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.OutputStream;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

class HostOutputTest {
    private static final int MUCH = 200_000;

    @Test
    @Timeout(60)
    void aReaderWhoHasStoppedIsNotWaitedForAtTheEndOfAHurriedRun() {
        CountDownLatch never = new CountDownLatch(1);
        HostOutput output = new HostOutput(stalled(never), () -> {});
        output.write('a');
        output.hurry();
        output.close();
        never.countDown();
    }

    private static OutputStream stalled(CountDownLatch until) {
        return new OutputStream() {
            @Override
            public void write(int octet) {
                try {
                    until.await();
                } catch (InterruptedException e) {
                    Thread.currentThread().interrupt();
                }
            }
        };
    }

    @Test
    @Timeout(60)
    void aReaderWhoReadsOnGetsEverythingInOrder() {
        ByteArrayOutputStream read = new ByteArrayOutputStream();
        HostOutput output = new HostOutput(read, () -> {});
        for (int i = 0; i < MUCH; i++) {
            output.write(i);
        }
        output.close();
        byte[] expected = new byte[MUCH];
        for (int i = 0; i < MUCH; i++) {
            expected[i] = (byte) i;
        }
        assertThat(read.toByteArray()).isEqualTo(expected);
    }
}
