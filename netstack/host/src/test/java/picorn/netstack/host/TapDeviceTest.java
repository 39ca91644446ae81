// SPDX-License-Identifier: MIT
package picorn.netstack.host;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import picorn.netstack.host.namespace.InNetworkNamespace;
import picorn.netstack.host.namespace.Shell;

@InNetworkNamespace
@Timeout(20)
class TapDeviceTest {
    private static final long SECOND = 1_000_000_000L;
    private static final int ARP = 0x0806;

    private final byte[] frame = new byte[HostLink.LARGEST_FRAME];

    private int type() {
        return (frame[12] & 0xFF) << 8 | frame[13] & 0xFF;
    }

    @Test
    void kernelsFramesAreTakenAndOursComeIn() throws Exception {
        try (TapDevice tap = TapDevice.open("tap0")) {
            Shell.run("ip link set tap0 address 02:00:00:00:00:01");
            Shell.run("ip addr add 10.0.9.1/24 dev tap0");
            Shell.run("ip link set tap0 up");
            Process ping = Shell.start("ping -c 1 -W 1 10.0.9.2");
            int length = 0;
            while (length == 0 || type() != ARP) {
                tap.await(SECOND);
                length = tap.take(frame);
            }
            assertThat(length).isEqualTo(42);
            assertThat(frame).startsWith(255, 255, 255, 255, 255, 255, 2, 0, 0, 0, 0, 1);
            answerArp();
            tap.receive(frame, 0, 60, 0);
            assertThat(Shell.run("ip neigh show dev tap0")).contains("10.0.9.2 lladdr 02:00:00:00:00:02 REACHABLE");
            assertThat(tap.dropped()).isZero();
            ping.destroy();
        }
    }

    /** Turns the request in {@link #frame} into the reply of 02:00:00:00:00:02 (RFC 826). */
    private void answerArp() {
        byte[] wanted = Arrays.copyOfRange(frame, 38, 42);
        System.arraycopy(frame, 6, frame, 0, 6);
        System.arraycopy(frame, 22, frame, 32, 10);
        byte[] us = {2, 0, 0, 0, 0, 2};
        System.arraycopy(us, 0, frame, 6, 6);
        frame[21] = 2;
        System.arraycopy(us, 0, frame, 22, 6);
        System.arraycopy(wanted, 0, frame, 28, 4);
    }

    @Test
    void waitEndsByWakingFromAnotherThread() throws Exception {
        try (TapDevice tap = TapDevice.open("tap0")) {
            CompletableFuture<Void> waiting = CompletableFuture.runAsync(() -> {
                try {
                    tap.await(Long.MAX_VALUE);
                } catch (IOException e) {
                    throw new IllegalStateException(e);
                }
            });
            tap.wake();
            waiting.get(10, TimeUnit.SECONDS);
            tap.await(0);
            assertThat(tap.take(frame)).isZero();
        }
    }

    @Test
    void framesForAnInterfaceThatIsDownAreCountedAsDropped() throws Exception {
        try (TapDevice tap = TapDevice.open("tap0")) {
            tap.receive(frame, 0, 60, 0);
            assertThat(tap.dropped()).isEqualTo(1);
        }
    }

    @Test
    void interfaceThatVanishesIsNamed() throws Exception {
        try (TapDevice tap = TapDevice.open("tap0")) {
            Shell.run("ip link del tap0");
            assertThatThrownBy(() -> tap.take(frame))
                    .isInstanceOf(IOException.class)
                    .hasMessageContaining("tap0 is gone");
        }
    }

    @Test
    void interfaceInUseIsToldInOneLine() throws Exception {
        try (TapDevice tap = TapDevice.open("tap0")) {
            assertThat(tap.name()).isEqualTo("tap0");
            assertThatThrownBy(() -> TapDevice.open("tap0"))
                    .isInstanceOf(IOException.class)
                    .hasMessage("TAP interface tap0: it is in use; close the other program or take another name");
        }
    }

    @Test
    void nameOfAnotherKindOfInterfaceIsToldInOneLine() {
        assertThatThrownBy(() -> TapDevice.open("lo"))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("interface of another kind")
                .hasMessageNotContaining("\n");
    }

    @Test
    void lackOfPermissionIsToldWithItsMend() throws Exception {
        String classes = System.getProperty("java.class.path");
        String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
        Process plain = Shell.start("setpriv --bounding-set -all --inh-caps -all " + java + " -cp " + classes + " "
                + OpenTap.class.getName());
        assertThat(new String(plain.getInputStream().readAllBytes(), StandardCharsets.UTF_8))
                .contains("TAP interface tap0: no permission to use it; make it for your user: "
                        + "sudo ip tuntap add dev tap0 mode tap user $USER, or run within unshare -rn");
    }

    /** Opens tap0 and prints why that was not possible. */
    static final class OpenTap {
        private OpenTap() {}

        public static void main(String[] arguments) {
            try (TapDevice tap = TapDevice.open("tap0")) {
                System.out.println("opened " + tap.name());
            } catch (IOException e) {
                System.out.println(e.getMessage());
            }
        }
    }

    @Test
    void namesTooLongForLinuxAreRefused() {
        for (String name : new String[] {"", "sixteen-octets--"}) {
            assertThatThrownBy(() -> TapDevice.open(name))
                    .isInstanceOf(IOException.class)
                    .hasMessageContaining("1 to 15 octets");
        }
    }
}
