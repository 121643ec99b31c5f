// SPDX-License-Identifier: MIT
pragma solidity ^0.8.37;

import {Basket} from "../../src/math/Basket.sol";
import {Cppi} from "../../src/math/Cppi.sol";
import {DutchPrice} from "../../src/math/DutchPrice.sol";
import {Ewma} from "../../src/math/Ewma.sol";
import {IndexWeights} from "../../src/math/IndexWeights.sol";
import {Schedule} from "../../src/math/Schedule.sol";
import {Digests} from "../fixture/Digests.sol";
import {Math} from "@openzeppelin/contracts/utils/math/Math.sol";

/// @title Both languages draw the same inputs from the same hashes, compute, and agree on the digest of all results.
/// @dev 34,000 inputs in blocks of 100, of which 10,000 of the shares stand beside this.
contract DifferentialTest is Digests {
    uint256 private constant BPS_TO_D18 = 1e14;

    function test_quotes_agree_to_the_wei() public {
        _compare(0, "quote", 100, _quote);
    }

    function test_rules_agree_to_the_wei() public {
        _compare(2, "rules", 50, _rules);
    }

    function test_insurance_agrees_to_the_wei() public {
        _compare(3, "insurance", 30, _insurance);
    }

    function test_index_weights_agree_to_the_wei() public {
        _compare(4, "index", 30, _index);
    }

    function test_variances_agree_to_the_wei() public {
        _compare(5, "ewma", 30, _ewma);
    }

    // -------------------------------------------------------------------- cases

    struct Quote {
        uint256 decay;
        uint256 premium;
        uint256 discount;
        uint256 elapsed;
        uint256 sold;
        uint256 sellPrice;
        uint256 sellDecimals;
        uint256 buyPrice;
        uint256 buyDecimals;
    }

    function _quote() private {
        Quote memory q;
        q.decay = _bits(32);
        q.premium = _between(0, 1000);
        q.discount = _between(0, 500);
        q.elapsed = _bits(32);
        q.sold = _bits(96);
        q.sellPrice = _bits(80) + 1;
        q.sellDecimals = _between(0, 24);
        q.buyPrice = _bits(80) + 1;
        q.buyDecimals = _between(0, 24);
        uint256 factorD18 = DutchPrice.factorD18Up(q.elapsed, q.decay, q.premium, q.discount);
        uint256 worthD18 = DutchPrice.worthD18Up(q.sold, q.sellPrice, 10 ** q.sellDecimals);
        _tell(factorD18);
        _tell(worthD18);
        _tell(DutchPrice.requiredUp(worthD18, factorD18, q.buyPrice, 10 ** q.buyDecimals));
    }

    function _rules() private {
        uint256[] memory worths = new uint256[](5);
        uint256[] memory weights = new uint256[](5);
        uint256 nav;
        for (uint256 i; i < 5; ++i) {
            worths[i] = _bits(100) + 1;
            nav += worths[i];
        }
        for (uint256 i; i < 5; ++i) {
            weights[i] = _between(0, 2000) * BPS_TO_D18;
        }
        uint256[] memory halves = _halves(weights);
        (uint256 turnover, uint256 squares) = Basket.distance(worths, nav, weights);
        uint256 kept = Basket.keptD18Down(worths, nav, weights, halves, _between(0, 10_000));
        _tell(turnover);
        _tell(squares);
        _tell(kept);
        for (uint256 i; i < 5; ++i) {
            _tell(halves[i]);
        }
        for (uint256 i; i < 5; ++i) {
            _tell(Basket.landedD18(worths[i], nav, weights[i], kept));
        }
        for (uint256 i; i < 5; ++i) {
            _tell(Basket.gapD36(worths[i], nav, weights[i]));
            _tell(Basket.isOutside(worths[i], nav, weights[i], halves[i]) ? 1 : 0);
        }
        _unitsAndPeriods();
    }

    function _halves(uint256[] memory weights) private returns (uint256[] memory halves) {
        halves = new uint256[](5);
        for (uint256 i; i < 5; ++i) {
            uint256 absoluteBps = _between(0, 3000);
            uint256 relativeBps = _between(0, 10_000);
            halves[i] = Basket.halfD18Down(absoluteBps, relativeBps, weights[i]);
        }
    }

    function _unitsAndPeriods() private {
        uint256 navPerShare = _bits(96);
        uint256 weight = _between(0, 1e18);
        uint256 price = _bits(80) + 1;
        uint256 decimals = _between(0, 24);
        _tell(Basket.unitsDown(navPerShare, weight, price, 10 ** decimals));
        uint256 moment = _bits(32);
        uint256 every = _bits(32) + 1;
        uint256 anchor = _bits(32);
        _tell(Schedule.begun(moment, every, anchor));
    }

    function _insurance() private {
        uint256 share = _bits(96) + 1;
        uint256 last = _nearOrNot(share);
        uint256 elapsed = _bits(24);
        uint256 rise = _between(0, 10_000);
        uint256 peak = Cppi.peakD18(last, share, elapsed, rise);
        uint256 fixed_ = _nearOrNot(share);
        uint256 keep = _between(0, 9999);
        uint256 floor = Cppi.floorD18Up(fixed_, peak, keep);
        uint256 multiplier = _between(10_000, 1_000_000);
        uint256 cap = _between(1, 10_000);
        _tell(peak);
        _tell(floor);
        _tell(Cppi.exposureD18Down(share, floor, multiplier, cap));
    }

    function _nearOrNot(uint256 share) private returns (uint256) {
        if (_between(0, 1) == 0) return _bits(96);
        return share * _between(0, 20_000) / 10_000;
    }

    function _index() private {
        uint256[] memory sizes = new uint256[](5);
        for (uint256 i; i < 5; ++i) {
            sizes[i] = _bits(127) + 1;
        }
        uint256[] memory weights = IndexWeights.cappedD18Down(sizes, _between(2000, 10_000) * BPS_TO_D18);
        for (uint256 i; i < 5; ++i) {
            _tell(weights[i]);
        }
    }

    function _ewma() private {
        uint256 variance = Ewma.startD36Down(_between(0, 10_000));
        uint256 before = _bits(100) + 1;
        for (uint256 step; step < 4; ++step) {
            uint256 now_ = _between(0, 3) == 0 ? _bits(100) + 1 : before * _between(5000, 15_000) / 10_000 + 1;
            uint256 size = Ewma.returnD18Down(before, now_, _between(1, 10_000) * BPS_TO_D18);
            uint256 elapsed = _between(300, 1_000_000);
            variance = Ewma.nextD36Down(variance, size, elapsed, _between(300, 10_000_000));
            before = now_;
            _tell(size);
            _tell(variance);
        }
        _tell(Ewma.dailyD18Down(variance));
        _tell(Math.min(9999 * BPS_TO_D18, Ewma.bandD18Down(variance, _between(0, 100_000))));
    }
}
