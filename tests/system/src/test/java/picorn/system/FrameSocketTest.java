// SPDX-License-Identifier: MIT
package picorn.system;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.SocketException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.zip.CRC32;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Processes that are neighbours by a socket: QEMU, boards, the gateway. */
@Timeout(value = 3, unit = TimeUnit.MINUTES)
class FrameSocketTest {
    private static final String AT = "waiting for frames at /127.0.0.1:";

    @TempDir
    private Path folder;

    private final List<Process> started = new ArrayList<>();

    @AfterEach
    void endAll() {
        started.forEach(Process::destroyForcibly);
    }

    /** Starts one that listens; the result is its port. */
    private int listen(String... arguments) throws Exception {
        Process process = new ProcessBuilder(Picorn.command(arguments))
                .redirectErrorStream(true)
                .start();
        started.add(process);
        BufferedReader messages =
                new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
        String line = messages.readLine();
        while (!line.contains(AT)) {
            line = messages.readLine();
        }
        return Integer.parseInt(line.substring(line.indexOf(AT) + AT.length()));
    }

    private Process start(String... arguments) throws Exception {
        Process process = Picorn.start(folder.resolve("out"), folder.resolve("err"), arguments);
        started.add(process);
        return process;
    }

    private static void obtainAndPing(UBoot uboot) throws Exception {
        assertThat(uboot.run("dhcp")).contains("DHCP client bound to address 10.0.2.15");
        assertThat(uboot.run("ping 10.0.2.2")).contains("host 10.0.2.2 is alive");
    }

    @Test
    void qemuUsesTheGatewayByTcp() throws Exception {
        int port = listen("gateway", "--socket", "listen:127.0.0.1:0");
        for (int client = 0; client < 2; client++) { // the next when the first has left
            try (UBoot uboot =
                    new UBoot("stream,id=n,server=off,addr.type=inet,addr.host=127.0.0.1,addr.port=" + port)) {
                obtainAndPing(uboot);
            }
        }
    }

    @Test
    void qemuBootsTheFileThatTheGatewayNames() throws Exception {
        byte[] kernel = new byte[1_000_000];
        new Random(1).nextBytes(kernel);
        Files.write(folder.resolve("kernel.img"), kernel);
        CRC32 crc = new CRC32();
        crc.update(kernel);
        int port =
                listen("gateway", "--socket", "listen:127.0.0.1:0", "--net", "user,bootfile=kernel.img,tftp=" + folder);
        try (UBoot uboot = new UBoot("stream,id=n,server=off,addr.type=inet,addr.host=127.0.0.1,addr.port=" + port)) {
            assertThat(uboot.run("setenv autoload yes; dhcp"))
                    .contains("TFTP from server 10.0.2.2; our IP address is 10.0.2.15")
                    .contains("Filename 'kernel.img'")
                    .contains("Bytes transferred = 1000000");
            assertThat(uboot.run("crc32 ${fileaddr} ${filesize}")).contains("==> %08x".formatted(crc.getValue()));
        }
    }

    @Test
    void qemuUsesTheGatewayAsServerOfAUnixSocket() throws Exception {
        Path socket = folder.resolve("net");
        try (UBoot uboot = new UBoot("stream,id=n,server=on,addr.type=unix,addr.path=" + socket)) {
            start("gateway", "--socket", "connect:unix:" + socket);
            obtainAndPing(uboot);
        }
    }

    private static int freeUdpPort() throws SocketException {
        try (DatagramSocket socket = new DatagramSocket(0, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }

    @Test
    void qemuUsesTheGatewayByDatagrams() throws Exception {
        int ours = freeUdpPort();
        int qemus = freeUdpPort();
        start("gateway", "--socket", "dgram:127.0.0.1:%d,127.0.0.1:%d".formatted(ours, qemus));
        try (UBoot uboot = new UBoot(("dgram,id=n,local.type=inet,local.host=127.0.0.1,local.port=%d,"
                        + "remote.type=inet,remote.host=127.0.0.1,remote.port=%d")
                .formatted(qemus, ours))) {
            obtainAndPing(uboot);
        }
    }

    @Test
    void qemuUsesTheGatewayByDatagramsOfUnixSockets() throws Exception {
        Path ours = folder.resolve("ours");
        Path qemus = folder.resolve("qemus");
        start("gateway", "--socket", "dgram:unix:%s,unix:%s".formatted(ours, qemus));
        try (UBoot uboot = new UBoot(
                "dgram,id=n,local.type=unix,local.path=%s,remote.type=unix,remote.path=%s".formatted(qemus, ours))) {
            obtainAndPing(uboot);
        }
    }

    @Test
    void boardUsesTheGatewayOfAnotherProcess() throws Exception {
        int port = listen("gateway", "--socket", "listen:127.0.0.1:0", "--impair", "delay=1ms");
        Picorn.Result result =
                Picorn.run("run", "hello-net", "--net", "socket=connect:127.0.0.1:" + port, "--wall-limit", "100");
        assertThat(result.status()).as(result.messages()).isZero();
        assertThat(result.console()).contains("lease 10.0.2.15/24").contains("echo 1000 datagrams");
    }

    @Test
    @Tag("linux")
    void twoBoardsAreNeighbours() throws Exception {
        Path script = Files.writeString(
                folder.resolve("typed"), "ifconfig eth0 hw ether 02:00:00:00:09:01; ifconfig eth0 10.0.9.1 up\n");
        Process server = new ProcessBuilder(Picorn.command(
                        "run",
                        "linux",
                        "--engine",
                        "java",
                        "--net",
                        "socket=listen:127.0.0.1:0",
                        "--wall-limit",
                        "150"))
                .redirectInput(script.toFile())
                .redirectErrorStream(true)
                .start();
        started.add(server);
        BufferedReader messages =
                new BufferedReader(new InputStreamReader(server.getInputStream(), StandardCharsets.UTF_8));
        String line = messages.readLine();
        while (!line.contains(AT)) {
            line = messages.readLine();
        }
        Thread reader = new Thread(() -> messages.lines().count());
        reader.setDaemon(true);
        reader.start();
        Picorn.Result result = Picorn.runTyping(
                "ifconfig eth0 hw ether 02:00:00:00:09:02; ifconfig eth0 10.0.9.2 up;"
                        + " until ping -c 1 -W 1 10.0.9.1; do :; done; ping -c 5 -s 1400 10.0.9.1\n",
                "run",
                "linux",
                "--engine",
                "java",
                "--net",
                "socket=connect:127.0.0.1:" + line.substring(line.indexOf(AT) + AT.length()),
                "--until",
                "5 packets transmitted, 5 packets received",
                "--wall-limit",
                "120");
        assertThat(result.status()).as(result.console() + result.messages()).isZero();
    }

    @Test
    void peerThatIsNotThereIsSaidInOneLine() throws Exception {
        int port;
        try (ServerSocket server = new ServerSocket(0)) {
            port = server.getLocalPort();
        }
        Picorn.Result result = Picorn.run("run", "--net", "socket=connect:127.0.0.1:" + port);
        assertThat(result.status()).isEqualTo(2);
        assertThat(result.messages().lines()).hasSize(1);
        assertThat(result.messages()).contains("Connection refused");
    }
}
