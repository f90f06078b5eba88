//! The account in a browser: pages and their API over the same lake and the same answers as the command line.
