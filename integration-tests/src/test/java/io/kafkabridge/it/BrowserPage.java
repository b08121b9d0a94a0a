package io.kafkabridge.it;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

import com.deque.html.axecore.playwright.AxeBuilder;
import com.microsoft.playwright.Browser;
import com.microsoft.playwright.Browser.NewContextOptions;
import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.ColorScheme;
import org.awaitility.Awaitility;

/** A window of a browser, with what went wrong in it. */
final class BrowserPage implements AutoCloseable {

    /** What a window is like. */
    enum Look {
        DESKTOP_LIGHT(1280, 900, ColorScheme.LIGHT),
        DESKTOP_DARK(1280, 900, ColorScheme.DARK),
        PHONE_LIGHT(380, 800, ColorScheme.LIGHT),
        PHONE_DARK(380, 800, ColorScheme.DARK);

        private final int width;
        private final int height;
        private final ColorScheme scheme;

        Look(final int width, final int height, final ColorScheme scheme) {
            this.width = width;
            this.height = height;
            this.scheme = scheme;
        }
    }

    private final BrowserContext context;
    private final Page page;
    private final List<String> errors = new CopyOnWriteArrayList<>();
    private final List<String> requests = new CopyOnWriteArrayList<>();

    BrowserPage(final Browser browser, final String url, final Look look) {
        context = browser.newContext(
                new NewContextOptions().setViewportSize(look.width, look.height).setColorScheme(look.scheme));
        page = context.newPage();
        page.onConsoleMessage(message -> {
            if (message.type().equals("error") || message.type().equals("warning")) {
                errors.add(message.text());
            }
        });
        page.onPageError(errors::add);
        page.onDialog(dialog -> {
            errors.add("dialog: " + dialog.message());
            dialog.dismiss();
        });
        page.onRequest(request -> requests.add(request.url()));
        page.navigate(url);
    }

    /** The text that an element shows. */
    String text(final String selector) {
        return page.locator(selector).first().innerText();
    }

    /** The number that an element shows. */
    double number(final String selector) {
        final String text = text(selector).replace(",", "");
        return text.matches("[\\d.]+") ? Double.parseDouble(text) : Double.NaN;
    }

    String attribute(final String selector, final String name) {
        return String.valueOf(page.locator(selector).first().getAttribute(name));
    }

    boolean isVisible(final String selector) {
        return page.locator(selector).first().isVisible();
    }

    /** Waits until JavaScript says yes. (Playwright's own way needs eval, which the page forbids.) */
    void await(final String condition) {
        Awaitility.await(condition)
                .atMost(Duration.ofSeconds(60))
                .pollInSameThread() // Playwright is for one thread.
                .until(() -> Boolean.TRUE.equals(page.evaluate(condition)));
    }

    Object evaluate(final String script) {
        return page.evaluate(script);
    }

    void press(final String key) {
        page.keyboard().press(key);
    }

    /** Rules of accessibility that the page breaks, each with where. */
    List<String> violations() {
        return new AxeBuilder(page)
                .analyze().getViolations().stream()
                        .map(rule -> rule.getId() + ": " + rule.getHelp() + " at "
                                + rule.getNodes().stream()
                                        .map(node -> node.getHtml())
                                        .toList())
                        .toList();
    }

    /** Errors and warnings in the console, exceptions and dialogs. */
    List<String> errors() {
        return errors;
    }

    /** The addresses that were asked. */
    List<String> requests() {
        return requests;
    }

    /** Takes a picture of the whole page as PNG. */
    void shoot(final Path file) {
        page.screenshot(new Page.ScreenshotOptions().setPath(file).setFullPage(true));
    }

    /** Takes a picture of what the window shows. */
    void shootWindow(final Path file) {
        page.screenshot(new Page.ScreenshotOptions().setPath(file));
    }

    @Override
    public void close() {
        context.close();
    }
}
