package io.kafkabridge.it;

import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

import com.microsoft.playwright.BrowserType.LaunchOptions;
import com.microsoft.playwright.Playwright;
import com.microsoft.playwright.Playwright.CreateOptions;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

/**
 * A Chromium that is on this machine. It is looked for on the PATH, unless the environment variable {@code BROWSER_EXECUTABLE}
 * names it. Without one, tests are skipped; with {@code BROWSER_TESTS=required} they fail.
 */
final class Browser implements AutoCloseable {

    private static final List<String> NAMES =
            List.of("chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome");

    private static final String MISSING =
            "No Chromium or Chrome on the PATH: the status page isn't tested in a browser."
                    + " Install one (Debian: apt-get install chromium), or name it in BROWSER_EXECUTABLE.";

    /** In a container and as root there is no sandbox to be had; and nothing is asked from elsewhere. */
    private static final List<String> FLAGS = List.of(
            "--no-sandbox",
            "--disable-gpu",
            "--disable-quic",
            "--disable-dev-shm-usage",
            "--no-first-run",
            "--disable-background-networking",
            "--disable-component-update",
            "--disable-sync");

    private final Playwright playwright;
    private final com.microsoft.playwright.Browser browser;

    private Browser(final Path executable) {
        playwright = Playwright.create(new CreateOptions().setEnv(Map.of("PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD", "1")));
        browser = playwright
                .chromium()
                .launch(new LaunchOptions().setExecutablePath(executable).setArgs(FLAGS));
    }

    /** Starts it, or skips the test. */
    static Browser start() {
        final Optional<Path> found = find();
        if ("required".equals(System.getenv("BROWSER_TESTS"))) {
            assertThat(found).as(MISSING).isPresent();
        }
        assumeTrue(found.isPresent(), MISSING);
        return new Browser(found.orElseThrow());
    }

    private static Optional<Path> find() {
        final String named = System.getenv("BROWSER_EXECUTABLE");
        if (named != null) {
            return Optional.of(Path.of(named));
        }
        return Stream.of(System.getenv("PATH").split(File.pathSeparator, -1))
                .flatMap(folder -> NAMES.stream().map(name -> Path.of(folder, name)))
                .filter(Files::isExecutable)
                .findFirst();
    }

    /** A window on an address. */
    BrowserPage open(final String url, final BrowserPage.Look look) {
        return new BrowserPage(browser, url, look);
    }

    @Override
    public void close() {
        browser.close();
        playwright.close();
    }
}
